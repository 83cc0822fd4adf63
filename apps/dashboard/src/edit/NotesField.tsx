'use client';
/** Notes of a run, editable in place. */
import { useState } from 'react';
import { Pencil } from 'lucide-react';
import { EditFault } from './EditFault.tsx';
import { useEdits } from './useEdits.ts';
import { usePermissions } from './usePermissions.ts';

export interface NotesFieldProps {
  readonly id: string;
  /** Null = none. */
  readonly notes: string | null;
}

export function NotesField({ id, notes }: NotesFieldProps) {
  const { apply, busy, error } = useEdits();
  const { canEdit } = usePermissions();
  /** Null while not editing. */
  const [draft, setDraft] = useState<string | null>(null);
  if (draft === null) {
    return (
      <div role="group" aria-label="Notes" className="flex min-w-0 items-start gap-1.5">
        {notes !== null && (
          <p className="max-w-[80ch] min-w-0 py-1.5 text-[13.5px] break-words whitespace-pre-wrap">{notes}</p>
        )}
        {canEdit && (
          <button
            type="button"
            className="control flex-none"
            onClick={() => {
              setDraft(notes ?? '');
            }}
          >
            <Pencil className="size-3.5" aria-hidden />
            {notes === null ? 'Add notes' : 'Edit notes'}
          </button>
        )}
      </div>
    );
  }
  return (
    <form
      role="group"
      aria-label="Notes"
      className="w-full max-w-2xl"
      onSubmit={(event) => {
        event.preventDefault();
        void apply([id], { kind: 'notes', notes: draft.trim() === '' ? null : draft }).then((done) => {
          if (done) setDraft(null);
        });
      }}
    >
      <textarea
        aria-label="Notes"
        className="field h-28! w-full py-1.5!"
        autoFocus
        value={draft}
        onChange={({ target }) => {
          setDraft(target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          setDraft(null);
        }}
      />
      <div className="mt-1.5 flex gap-2">
        <button type="submit" className="control-primary" disabled={busy}>
          Save notes
        </button>
        <button
          type="button"
          className="control"
          onClick={() => {
            setDraft(null);
          }}
        >
          Cancel
        </button>
      </div>
      <EditFault error={error} />
    </form>
  );
}
