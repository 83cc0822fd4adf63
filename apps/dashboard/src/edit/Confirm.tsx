'use client';
/** Asks before something that cannot be undone. */
import type { ReactNode } from 'react';
import { AlertDialog } from 'radix-ui';

export interface ConfirmProps {
  /** The button that asks. */
  readonly trigger: string;
  /** Its name for those who do not see what it stands beside; `trigger` unless given. */
  readonly label?: string;
  readonly title: string;
  /** What it does, and what else there is. */
  readonly children: ReactNode;
  /** The button that does it. */
  readonly action: string;
  readonly keep?: string;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
}

export function Confirm(props: ConfirmProps) {
  const { trigger, label = trigger, title, children, action, keep = 'Keep', disabled = false, onConfirm } = props;
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger className="control text-bad!" disabled={disabled} aria-label={label}>
        {trigger}
      </AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-50 bg-black/50" />
        <AlertDialog.Content className="panel fixed top-1/3 left-1/2 z-60 w-[min(92vw,28rem)] -translate-x-1/2 p-6 shadow-xl">
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
