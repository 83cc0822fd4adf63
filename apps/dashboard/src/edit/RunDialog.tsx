'use client';
/** Opens tags and notes of a run from its row in the table. */
import { lazy, Suspense, useRef, useState } from 'react';
import { Pencil } from 'lucide-react';

export interface RunDialogProps {
  readonly run: {
    readonly id: string;
    readonly name: string;
    readonly tags: readonly string[];
    readonly notes: string | null;
  };
}

const load = () => import('./RunNotesDialog.tsx').then(({ RunNotesDialog }) => ({ default: RunNotesDialog }));
const RunNotesDialog = lazy(load);

export function RunDialog({ run }: RunDialogProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="tool flex-none"
        aria-label={`Tags and notes of ${run.name}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        title="Tags and notes"
        onPointerEnter={() => void load()}
        onClick={() => {
          setOpen(true);
        }}
      >
        <Pencil className="size-3.5" aria-hidden />
      </button>
      {open && (
        <Suspense>
          <RunNotesDialog
            run={run}
            opener={button}
            onClose={() => {
              setOpen(false);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
