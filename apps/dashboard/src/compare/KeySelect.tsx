/** Selects a setting of the compared runs. */
import type { Grouping, Keys } from './groupings.ts';

export interface KeySelectProps {
  readonly label: string;
  /** What no setting is called. */
  readonly nothing: string;
  readonly value: Grouping | null;
  readonly keys: Keys;
  readonly onChange: (key: Grouping | null) => void;
}

export function KeySelect({ label, nothing, value, keys, onChange }: KeySelectProps) {
  return (
    <label className="flex min-w-0 items-center gap-2 text-[12.5px] text-muted">
      {label}
      <select
        className="field min-w-0"
        value={value ?? ''}
        onChange={({ target }) => {
          onChange(target.value || null);
        }}
      >
        <option value="">{nothing}</option>
        {[...keys.names].map(([key, name]) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
