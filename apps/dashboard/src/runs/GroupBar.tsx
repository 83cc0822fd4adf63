'use client';
/** Selects the settings that runs are grouped by. */
import { groupKeys, groupNames, type GroupKey } from './groups.ts';

export interface GroupBarProps {
  readonly by: readonly GroupKey[];
  readonly onChange: (by: readonly GroupKey[]) => void;
}

export function GroupBar({ by, onChange }: GroupBarProps) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2" role="group" aria-label="Group by">
      <span className="text-[13px] text-muted">Group by</span>
      {groupKeys.map((key) => {
        const on = by.includes(key);
        return (
          <button
            key={key}
            type="button"
            className="control"
            aria-pressed={on}
            onClick={() => {
              onChange(groupKeys.filter((one) => (one === key ? !on : by.includes(one))));
            }}
          >
            {groupNames[key]}
          </button>
        );
      })}
    </div>
  );
}
