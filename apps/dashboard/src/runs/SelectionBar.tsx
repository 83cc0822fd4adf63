'use client';
/** What can be done with the ticked runs. */
import { useState } from 'react';
import Link from 'next/link';
import { AlertDialog } from 'radix-ui';
import { formatNumber } from '@ritz/charts';
import { COMPARE_AT_MOST } from '../query/lists.ts';
import { useEdits } from './useEdits.ts';

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
  return (
    <div className="flex flex-wrap items-center gap-2">
      {error && (
        <span role="alert" className="text-[13px] text-bad">
          {error.message}
        </span>
      )}
      <form
        className="flex"
        onSubmit={(event) => {
          event.preventDefault();
          if (tag.trim() === '') return;
          void apply(selected, { kind: 'tag', tag: tag.trim() }).then(() => {
            setTag('');
          }, ignore);
        }}
      >
        <input
          aria-label={`Tag for ${String(count)} ${runs}`}
          placeholder="Add a tag"
          className="field w-28 rounded-r-none!"
          value={tag}
          onChange={({ target }) => {
            setTag(target.value);
          }}
        />
        <button type="submit" className="control -ml-px rounded-l-none!" disabled={busy || tag.trim() === ''}>
          Tag
        </button>
      </form>
      <button
        type="button"
        className="control"
        disabled={busy}
        onClick={() => void apply(selected, { kind: 'archive', archived: !archived }).then(onClear, ignore)}
      >
        {archived ? 'Take back' : 'Archive'}
      </button>
      <AlertDialog.Root>
        <AlertDialog.Trigger className="control text-bad!" disabled={busy}>
          Delete
        </AlertDialog.Trigger>
        <AlertDialog.Portal>
          <AlertDialog.Overlay className="fixed inset-0 z-30 bg-black/50" />
          <AlertDialog.Content className="panel fixed top-1/3 left-1/2 z-40 w-[min(92vw,28rem)] -translate-x-1/2 p-6 shadow-xl">
            <AlertDialog.Title className="mb-2 text-lg font-semibold">
              Delete {formatNumber(count)} {runs} for good?
            </AlertDialog.Title>
            <AlertDialog.Description className="mb-5 text-muted">
              Their steps and spectra go too, and cannot be had back. Archiving keeps them out of sight instead.
            </AlertDialog.Description>
            <div className="flex justify-end gap-2">
              <AlertDialog.Cancel className="control">Keep</AlertDialog.Cancel>
              <AlertDialog.Action
                className="control-primary bg-bad! text-page!"
                onClick={() => void apply(selected, { kind: 'delete' }).then(onClear, ignore)}
              >
                Delete
              </AlertDialog.Action>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Portal>
      </AlertDialog.Root>
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

/** The mutation keeps its error, which is shown. */
function ignore(): void {
  return;
}
