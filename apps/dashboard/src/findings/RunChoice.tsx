'use client';
/** Selects the runs that the claims are tested on. */
import { formatNumber } from '@ritz/charts';

export interface ChoosableRun {
  readonly id: string;
  readonly name: string;
  readonly architecture: string;
}

export interface RunChoiceProps {
  readonly runs: readonly ChoosableRun[];
  readonly chosen: readonly string[];
  /** Null: all runs. */
  readonly onChange: (ids: readonly string[] | null) => void;
}

export function RunChoice({ runs, chosen, onChange }: RunChoiceProps) {
  const set = new Set(chosen);
  return (
    <details className="panel mb-4 px-4 py-3 sm:px-5">
      <summary className="text-[13.5px] font-medium">
        {formatNumber(chosen.length)} of {formatNumber(runs.length)} runs selected
      </summary>
      <div className="mt-3 mb-2 flex gap-2">
        <button
          type="button"
          className="control"
          onClick={() => {
            onChange(null);
          }}
        >
          All
        </button>
      </div>
      <ul className="grid max-h-72 gap-x-6 gap-y-1 overflow-y-auto sm:grid-cols-2 lg:grid-cols-3">
        {runs.map(({ id, name, architecture }) => (
          <li key={id}>
            <label className="flex items-center gap-2 text-[13px]">
              <input
                type="checkbox"
                className="size-4 accent-(--accent)"
                checked={set.has(id)}
                onChange={({ target }) => {
                  onChange(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id));
                }}
              />
              <span className="truncate">{name}</span>
              <span className="text-muted">{architecture}</span>
            </label>
          </li>
        ))}
      </ul>
    </details>
  );
}
