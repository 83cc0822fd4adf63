/** A table of only the settings that differ. */
import Link from 'next/link';
import { SeriesMark } from '@ritz/charts';
import { DifferingSettingsDocument, standaloneQuery, type DifferingSettingsQuery } from '@ritz/client';
import { Figure } from '../figure/Figure.tsx';
import { differingSettings } from './differing.ts';
import type { NamedRun } from './NamedRun.ts';

export interface DifferingSettingsProps {
  readonly runs: readonly NamedRun[];
  /** As the API finds them. */
  readonly differing: DifferingSettingsQuery['compare']['differingSettings'];
}

export function DifferingSettings({ runs, differing }: DifferingSettingsProps) {
  const differences = differingSettings(
    runs.map(({ run }) => run),
    differing,
  );
  return (
    <div className="mt-8">
      <Figure
        title="Settings that differ"
        heading="h2"
        reading="Only the settings that differ between these runs."
        query={standaloneQuery(DifferingSettingsDocument, { runs: runs.map(({ id }) => id) })}
        hasPicture={false}
        table={() => ({
          columns: ['run', ...differences.map(({ setting }) => setting)],
          rows: runs.map(({ label }, index) => [label, ...differences.map(({ values }) => values[index] ?? null)]),
        })}
      >
        <div className="overflow-x-auto" role="region" aria-label="Table of the settings that differ" tabIndex={0}>
          <table className="w-full text-[13px]">
            <thead className="bg-sunken text-[12.5px] text-muted">
              <tr>
                <th scope="col" className="px-3 py-2 font-medium">
                  Run
                </th>
                {differences.map(({ setting }) => (
                  <th key={setting} scope="col" className="px-3 py-2 font-medium whitespace-nowrap">
                    {setting}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="number">
              {runs.map(({ id, label, style }, index) => (
                <tr key={id} className="border-t border-line">
                  <th scope="row" className="px-3 py-2 font-normal">
                    <Link
                      href={`/runs/${id}`}
                      className="flex items-center gap-2 font-medium whitespace-nowrap text-accent hover:underline"
                    >
                      <SeriesMark style={style} width={20} />
                      {label}
                    </Link>
                  </th>
                  {differences.map(({ setting, values }) => (
                    <td key={setting} className="px-3 py-2 whitespace-nowrap">
                      {values[index]}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          {differences.length === 0 && (
            <p className="border-t border-line px-3 py-2 text-[13px] text-muted">All recorded settings are equal.</p>
          )}
        </div>
      </Figure>
    </div>
  );
}
