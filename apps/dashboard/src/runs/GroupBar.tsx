'use client';
/** Selects up to two settings that runs are grouped by. */
import { groupKeys, groupNames, type GroupKey } from './groups.ts';

export interface GroupBarProps {
  readonly by: readonly GroupKey[];
  readonly onChange: (by: readonly GroupKey[]) => void;
}

export function GroupBar({ by, onChange }: GroupBarProps) {
  const [first = null, second = null] = by;
  return (
    <div className="flex flex-wrap items-center gap-2" role="group" aria-label="Group by">
      <KeySelect
        label="Group by"
        nothing="Group by: nothing"
        value={first}
        without={null}
        onPick={(key) => {
          onChange([key, second].filter((one) => one !== null));
        }}
      />
      {first !== null && (
        <KeySelect
          label="Then by"
          nothing="then by: nothing"
          value={second}
          without={first}
          onPick={(key) => {
            onChange(key === null ? [first] : [first, key]);
          }}
        />
      )}
    </div>
  );
}

interface KeySelectProps {
  readonly label: string;
  readonly nothing: string;
  readonly value: GroupKey | null;
  /** Grouped by already. */
  readonly without: GroupKey | null;
  readonly onPick: (key: GroupKey | null) => void;
}

function KeySelect({ label, nothing, value, without, onPick }: KeySelectProps) {
  return (
    <select
      aria-label={label}
      className="field max-w-52 data-[set=true]:border-accent data-[set=true]:text-accent"
      data-set={value !== null}
      value={value ?? ''}
      onChange={({ target }) => {
        onPick(groupKeys.find((key) => key === target.value) ?? null);
      }}
    >
      <option value="">{nothing}</option>
      {groupKeys
        .filter((key) => key !== without)
        .map((key) => (
          <option key={key} value={key}>
            {label === 'Group by' ? `Group by ${groupNames[key]}` : `then by ${groupNames[key]}`}
          </option>
        ))}
    </select>
  );
}
