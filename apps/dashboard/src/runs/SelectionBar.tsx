'use client';
/** What can be done with the ticked runs. */
import { useState } from 'react';
import Link from 'next/link';
import { formatNumber } from '@ritz/charts';
import { DeleteRuns } from '../edit/DeleteRuns.tsx';
import { EditFault } from '../edit/EditFault.tsx';
import { useEdits, type Edit } from '../edit/useEdits.ts';
import { COMPARE_AT_MOST } from '../query/lists.ts';

export interface SelectionBarProps {
  readonly selected: readonly string[];
  /** Whether the table shows archived runs, which are then taken back. */
  readonly archived: boolean;
  readonly onClear: () => void;
}

export function SelectionBar({ selected, archived, onClear }: SelectionBarProps) {
  const { apply, busy, error } = useEdits();
  const [tag, setTag] = useState('');
  const count = selected.length;
  if (count === 0) return <p className="text-[13px] text-muted">Tick two or more runs to compare them</p>;
  const runs = count === 1 ? 'run' : 'runs';
  const given = tag.trim();
  const label = (kind: 'tag' | 'untag'): void => {
    if (given === '') return;
    void apply(selected, { kind, tag: given }).then((done) => {
      if (done) setTag('');
    });
  };
  const andClear = (edit: Edit): void => {
    void apply(selected, edit).then((done) => {
      if (done) onClear();
    });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <EditFault error={error} />
      <form
        className="flex"
        onSubmit={(event) => {
          event.preventDefault();
          label('tag');
        }}
      >
        <input
          aria-label={`Tag for ${String(count)} ${runs}`}
          placeholder="Tag"
          className="field w-28 rounded-r-none!"
          value={tag}
          onChange={({ target }) => {
            setTag(target.value);
          }}
        />
        <button type="submit" className="control -ml-px rounded-none!" disabled={busy || given === ''}>
          Add
        </button>
        <button
          type="button"
          className="control -ml-px rounded-l-none!"
          disabled={busy || given === ''}
          onClick={() => {
            label('untag');
          }}
        >
          Remove
        </button>
      </form>
      <button
        type="button"
        className="control"
        disabled={busy}
        onClick={() => {
          andClear({ kind: 'archive', archived: !archived });
        }}
      >
        {archived ? 'Take back' : 'Archive'}
      </button>
      <DeleteRuns
        count={count}
        disabled={busy}
        onDelete={() => {
          andClear({ kind: 'delete' });
        }}
      />
      <button type="button" className="control" onClick={onClear}>
        Clear {formatNumber(count)} selected
      </button>
      {count >= 2 &&
        (count <= COMPARE_AT_MOST ? (
          <Link className="control-primary" href={`/compare?runs=${selected.join(',')}`}>
            Compare {formatNumber(count)} runs
          </Link>
        ) : (
          <span className="text-[13px] text-muted">Compare takes {COMPARE_AT_MOST} runs at most</span>
        ))}
    </div>
  );
}
