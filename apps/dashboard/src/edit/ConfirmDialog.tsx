'use client';
/** The confirmation dialog, loaded on first use. */
import type { ReactNode, RefObject } from 'react';
import { AlertDialog } from 'radix-ui';

export interface ConfirmDialogProps {
  readonly title: string;
  /** Consequences and alternatives. */
  readonly children: ReactNode;
  /** Label of the confirming button. */
  readonly action: string;
  readonly keep: string;
  readonly onConfirm: () => void;
  /** Receives the focus on close. */
  readonly opener: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

export function ConfirmDialog({ title, children, action, keep, onConfirm, opener, onClose }: ConfirmDialogProps) {
  return (
    <AlertDialog.Root defaultOpen onOpenChange={onClose}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-50 bg-black/50" />
        <AlertDialog.Content
          className="panel fixed top-1/3 left-1/2 z-60 w-[min(92vw,28rem)] -translate-x-1/2 p-6 shadow-xl"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            opener.current?.focus();
          }}
        >
          <AlertDialog.Title className="mb-2 text-lg font-semibold break-words">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mb-5 space-y-2 text-muted">{children}</div>
          </AlertDialog.Description>
          <div className="flex justify-end gap-2">
            <AlertDialog.Cancel className="control">{keep}</AlertDialog.Cancel>
            <AlertDialog.Action className="control-primary bg-bad! text-page!" onClick={onConfirm}>
              {action}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
