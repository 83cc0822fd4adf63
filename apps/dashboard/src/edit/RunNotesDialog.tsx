'use client';
/** Dialog with the tags and notes of a run, loaded on first use. */
import type { RefObject } from 'react';
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { NotesField } from './NotesField.tsx';
import { TagsField } from './TagsField.tsx';

export interface RunNotesDialogProps {
  readonly run: {
    readonly id: string;
    readonly name: string;
    readonly tags: readonly string[];
    readonly notes: string | null;
  };
  /** Receives the focus on close. */
  readonly opener: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

export function RunNotesDialog({ run, opener, onClose }: RunNotesDialogProps) {
  return (
    <Dialog.Root defaultOpen onOpenChange={onClose}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-30 bg-black/50" />
        <Dialog.Content
          aria-describedby={undefined}
          className="panel fixed top-1/4 left-1/2 z-40 w-[min(92vw,36rem)] -translate-x-1/2 p-6 shadow-xl"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            opener.current?.focus();
          }}
        >
          <div className="mb-4 flex items-start justify-between gap-3">
            <Dialog.Title className="min-w-0 text-lg font-semibold break-words">{run.name}</Dialog.Title>
            <Dialog.Close className="tool flex-none" aria-label="Close">
              <X className="size-4" aria-hidden />
            </Dialog.Close>
          </div>
          <h3 className="eyebrow mb-1.5">Tags</h3>
          <TagsField id={run.id} tags={run.tags} />
          <h3 className="eyebrow mt-5 mb-1.5">Notes</h3>
          <NotesField id={run.id} notes={run.notes} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
