/** The chosen columns of the table of runs, and a form to add another. */
import { useState } from 'react';
import { Plus, X } from 'lucide-react';
import { positionNames, valueColumn, valueNames, type ValueColumn } from './valueColumns.ts';

export interface ColumnBarProps {
  readonly columns: readonly ValueColumn[];
  readonly onChange: (keys: readonly string[]) => void;
}

export function ColumnBar({ columns, onChange }: ColumnBarProps) {
  const [name, setName] = useState(valueNames[0]?.name ?? '');
  const [position, setPosition] = useState(positionNames[0] ?? '');
  const keys = columns.map(({ key }) => key);
  const added = valueColumn(`${name}.${position}`)?.key;
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2 text-[13px]" role="group" aria-label="Columns">
      <span className="text-muted">Columns</span>
      {columns.map(({ key, label, description }) => (
        <span
          key={key}
          title={description}
          className="inline-flex items-center gap-1 rounded bg-sunken py-0.5 pr-1 pl-2"
        >
          {label}
          <button
            type="button"
            className="tool size-5!"
            aria-label={`Remove the column ${label}`}
            onClick={() => {
              onChange(keys.filter((one) => one !== key));
            }}
          >
            <X className="size-3.5" aria-hidden />
          </button>
        </span>
      ))}
      <select
        aria-label="Statistic or measure"
        className="field max-w-52"
        value={name}
        onChange={({ target }) => {
          setName(target.value);
        }}
      >
        {valueNames.map((one) => (
          <option key={one.name} value={one.name}>
            {one.title}
          </option>
        ))}
      </select>
      <select
        aria-label="Position"
        className="field"
        value={position}
        onChange={({ target }) => {
          setPosition(target.value);
        }}
      >
        {positionNames.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="control"
        disabled={added === undefined || keys.includes(added)}
        onClick={() => {
          if (added !== undefined) onChange([...keys, added]);
        }}
      >
        <Plus className="size-3.5" aria-hidden />
        Add column
      </button>
    </div>
  );
}
