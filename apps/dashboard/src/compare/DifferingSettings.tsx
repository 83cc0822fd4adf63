/** A table of only the settings that differ. */
import Link from 'next/link';
import { SeriesMark } from '@ritz/charts';
import { differingSettings } from './differing.ts';
import type { NamedRun } from './NamedRun.ts';

export function DifferingSettings({ runs }: { readonly runs: readonly NamedRun[] }) {
  const differences = differingSettings(runs.map(({ run }) => run));
  return (
    <>
      <h2 className="mt-8 mb-3 text-lg font-semibold tracking-tight">Settings that differ</h2>
      <div className="panel overflow-x-auto" role="region" aria-label="Settings that differ" tabIndex={0}>
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
                    className="flex items-center gap-2 font-medium text-accent hover:underline"
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
          <p className="border-t border-line px-3 py-2 text-[13px] text-muted">
            None of the recorded settings differs.
          </p>
        )}
      </div>
    </>
  );
}
