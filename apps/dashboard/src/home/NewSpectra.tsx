/** The runs that were measured last, each with its newest spectrum. */
import Link from 'next/link';
import { assignStyles, DensityGlyph, formatCompact, formatNumber } from '@ritz/charts';
import { Help } from '../help/Help.tsx';
import type { HomeRun } from './news.ts';

export interface NewSpectraProps {
  /** The one measured last first. */
  readonly runs: readonly HomeRun[];
  /** Spectra stored in all. */
  readonly total: number;
}

const shown = 8;
const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export function NewSpectra({ runs, total }: NewSpectraProps) {
  return (
    <section aria-labelledby="new-spectra" className="panel">
      <h2 id="new-spectra" className="px-4 pt-3 pb-2 text-[15px] font-semibold sm:px-5">
        Newest spectra <span className="number font-normal text-muted">of {formatNumber(total)}</span>
      </h2>
      <ul className="grid gap-x-6 border-t border-line xl:grid-cols-2">
        {runs.slice(0, shown).map(({ id, name, trajectory, latestSpectrum: latest }) => (
          <li key={id} className="flex min-w-0 items-center gap-3 px-4 py-2 sm:px-5">
            <div className="min-w-0 flex-1">
              <Link href={`/runs/${id}`} className="block truncate font-medium text-accent hover:underline">
                <bdi>{name}</bdi>
              </Link>
              {latest && (
                <p className="number text-[12.5px] text-muted">
                  step {formatNumber(latest.step.number)}, <Help of="lambda1">λ₁</Help> ={' '}
                  {formatCompact(trajectory.lambdaMax.at(-1))},{' '}
                  <time dateTime={latest.createdAt}>{dateFormat.format(new Date(latest.createdAt))} UTC</time>
                </p>
              )}
            </div>
            {latest && (
              <DensityGlyph
                label={`density at step ${formatNumber(latest.step.number)}`}
                lambda={latest.density.lambda}
                density={latest.density.density}
                style={assignStyles([id]).get(id) ?? 0}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
