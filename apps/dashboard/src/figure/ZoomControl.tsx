'use client';
/** The ends of the λ axis as number fields; dragging across a chart sets the same values. */
import { useState } from 'react';
import { RotateCcw } from 'lucide-react';
import type { Domain } from '@ritz/charts';

export interface ZoomControlProps {
  /** Null: the full range. */
  readonly zoom: Domain | null;
  /** Everything. */
  readonly extent: Domain;
  readonly onChange: (zoom: Domain | null) => void;
}

const digits = 4;
const round = (value: number): number => Number(value.toPrecision(digits));

export function ZoomControl({ zoom, extent, onChange }: ZoomControlProps) {
  const shown = zoom ?? extent;
  // Input that is not a number, or would invert the axis, has no effect.
  const [typed, setTyped] = useState<{ readonly end: 0 | 1; readonly text: string } | null>(null);
  const read = (end: 0 | 1, text: string): Domain | null => {
    const value = Number(text);
    const next: Domain = end === 0 ? [value, shown[1]] : [shown[0], value];
    return text.trim() !== '' && Number.isFinite(value) && next[0] < next[1] ? next : null;
  };
  const commit = (end: 0 | 1, text: string): void => {
    const next = read(end, text);
    if (!next) return;
    onChange(next);
    setTyped(null);
  };
  const field = (end: 0 | 1, name: string) => (
    <input
      type="text"
      inputMode="decimal"
      aria-label={name}
      aria-invalid={typed?.end === end && read(end, typed.text) === null}
      className="field number w-20 aria-invalid:border-warn"
      value={typed?.end === end ? typed.text : String(round(shown[end]))}
      onChange={({ target }) => {
        setTyped({ end, text: target.value });
      }}
      onBlur={({ target }) => {
        if (typed) commit(end, target.value);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(end, event.currentTarget.value);
        if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
  return (
    <div role="group" aria-label="Zoom" className="flex flex-wrap items-center gap-2 text-[12.5px] text-muted">
      <span>λ from</span>
      {field(0, 'Zoom: smallest λ')}
      <span>to</span>
      {field(1, 'Zoom: largest λ')}
      <button
        type="button"
        className="control"
        disabled={zoom === null}
        title="Show the full range"
        onClick={() => {
          setTyped(null);
          onChange(null);
        }}
      >
        <RotateCcw className="size-3.5" aria-hidden />
        reset
      </button>
    </div>
  );
}
