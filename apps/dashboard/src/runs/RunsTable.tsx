'use client';
/** The runs as a table; it scrolls sideways where the screen is narrow. */
import type { ListedRun } from './useRuns.ts';
import { RunRow } from './RunRow.tsx';
import { useTrajectories } from './useTrajectories.ts';

export interface RunsTableProps {
  readonly runs: readonly ListedRun[];
  readonly selected: readonly string[];
  readonly onSelect: (ids: readonly string[]) => void;
}

const HEAD = 'px-2.5 py-2 font-medium whitespace-nowrap';

export function RunsTable({ runs, selected, onSelect }: RunsTableProps) {
  const trajectories = useTrajectories(runs.filter(({ spectra }) => spectra.length > 0).map(({ id }) => id));
  const chosen = new Set(selected);
  return (
    <div className="panel overflow-x-auto" role="region" aria-label="Runs" tabIndex={0}>
      <table className="w-full text-[13px]">
        <thead className="bg-sunken text-[12.5px] text-muted">
          <tr>
            <td className="w-8" />
            <th scope="col" className={HEAD}>
              Run
            </th>
            <th scope="col" className={HEAD}>
              Status
            </th>
            <th scope="col" className={HEAD}>
              Architecture
            </th>
            <th scope="col" className={HEAD}>
              Data
            </th>
            <th scope="col" className={HEAD}>
              Learning rate
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              Spectra
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              Training loss
            </th>
            <th scope="col" className={`${HEAD} text-right`}>
              Test accuracy
            </th>
            <th
              scope="col"
              className={`${HEAD} text-right`}
              title="Largest eigenvalue of the Hessian at the last measured step"
            >
              λ₁
            </th>
            <th
              scope="col"
              className={`${HEAD} text-right`}
              title="Largest over K-th largest eigenvalue, K = classes, at the last measured step"
            >
              λ₁ / λ<sub>K</sub>
            </th>
            <th scope="col" className={HEAD}>
              Created
            </th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              trajectory={trajectories.get(run.id)}
              selected={chosen.has(run.id)}
              onSelect={(on) => {
                onSelect(on ? [...selected, run.id] : selected.filter((id) => id !== run.id));
              }}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
