/** Warnings where spectra were measured under different conditions, which alone can make them differ. */
import { CircleX, TriangleAlert } from 'lucide-react';
import { comparabilityWarnings, formatNumber } from '@ritz/charts';
import type { MeasuredRun } from './NamedRun.ts';

/** Run names listed before "and n more". */
const names = 4;

function namesOf(labels: readonly string[]): string {
  const more = labels.length - names;
  return more > 0 ? `${labels.slice(0, names).join(', ')} and ${formatNumber(more)} more` : labels.join(', ');
}

export function Comparability({ runs }: { readonly runs: readonly MeasuredRun[] }) {
  const warnings = comparabilityWarnings(runs);
  if (warnings.length === 0) return null;
  return (
    <section className="panel border-warn/50 px-4 py-3 sm:px-5" aria-label="Comparability">
      <h2 className="mb-1 text-[14px] font-semibold">Measured under different conditions</h2>
      <ul className="space-y-2 text-[13px]">
        {warnings.map(({ field, name, severity, consequence, values }) => (
          <li key={field} className="flex gap-2">
            {severity === 'incomparable' ? (
              <CircleX className="mt-0.5 size-4 flex-none text-bad" aria-label="Not comparable" />
            ) : (
              <TriangleAlert className="mt-0.5 size-4 flex-none text-warn" aria-label="Caution" />
            )}
            <div className="min-w-0">
              <p>
                <strong className="font-semibold">
                  {severity === 'incomparable' ? 'Not comparable' : 'Caution'}: another {name}.
                </strong>{' '}
                {consequence}
              </p>
              <p className="break-words text-muted">
                {values.map(({ value, labels }) => `${value}: ${namesOf(labels)}`).join(' · ')}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
