'use client';
/** The chosen columns of the table of runs, and a menu to add another. */
import { useState } from 'react';
import { Columns3, Plus, X } from 'lucide-react';
import { PopupButton } from '../page/PopupButton.tsx';
import { momentNames, positionNames, valueColumn, valueNames, type ValueColumn } from './valueColumns.ts';

export interface ColumnBarProps {
  readonly columns: readonly ValueColumn[];
  readonly onChange: (keys: readonly string[]) => void;
}

export function ColumnBar({ columns, onChange }: ColumnBarProps) {
  const keys = columns.map(({ key }) => key);
  return (
    <div className="flex flex-wrap items-center gap-2 text-[13px]" role="group" aria-label="Columns">
      {columns.map(({ key, label, description }) => (
        <span
          key={key}
          title={description}
          className="inline-flex h-8 items-center gap-1 rounded border border-line bg-surface pr-1 pl-2.5"
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
      <PopupButton
        label="Add a column"
        content={
          <ColumnForm
            taken={keys}
            onAdd={(key) => {
              onChange([...keys, key]);
            }}
          />
        }
      >
        <Columns3 className="size-4" aria-hidden />
        Columns
      </PopupButton>
    </div>
  );
}

interface ColumnFormProps {
  readonly taken: readonly string[];
  readonly onAdd: (key: string) => void;
}

function ColumnForm({ taken, onAdd }: ColumnFormProps) {
  const [name, setName] = useState(valueNames[0]?.name ?? '');
  const [position, setPosition] = useState(positionNames[0] ?? '');
  const [moment, setMoment] = useState('');
  const chosen = valueNames.find((one) => one.name === name);
  const atMoment = momentNames.includes(position) && chosen?.near != null;
  const key = atMoment
    ? moment.trim() !== '' && valueColumn(`${name}@${position}:${moment.trim()}`)?.key
    : valueColumn(`${name}.${position}`)?.key;
  return (
    <form
      className="space-y-2.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (key) onAdd(key);
      }}
    >
      <select
        aria-label="Statistic or measure"
        className="field w-full"
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
      <div className="flex gap-2">
        <select
          aria-label="Position"
          className="field flex-1"
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
          {chosen?.near &&
            momentNames.map((one) => (
              <option key={one} value={one}>
                at {one} …
              </option>
            ))}
        </select>
        {atMoment && (
          <input
            type="number"
            step="any"
            aria-label={`At which ${position}`}
            placeholder={position === 'progress' ? '0 to 1' : position}
            className="field w-28"
            value={moment}
            onChange={({ target }) => {
              setMoment(target.value);
            }}
          />
        )}
      </div>
      <p className="text-[12.5px] text-muted">{chosen?.description}</p>
      <button type="submit" className="control-primary" disabled={!key || taken.includes(key)}>
        <Plus className="size-3.5" aria-hidden />
        Add
      </button>
    </form>
  );
}
