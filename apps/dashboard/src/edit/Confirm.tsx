'use client';
/** A button that asks for confirmation before an irreversible action. */
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';

export interface ConfirmProps {
  /** The button that opens the dialog. */
  readonly trigger: string;
  /** Accessible name; defaults to `trigger`. */
  readonly label?: string;
  readonly title: string;
  /** Consequences and alternatives. */
  readonly children: ReactNode;
  /** Label of the confirming button. */
  readonly action: string;
  readonly keep?: string;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
}

const load = () => import('./ConfirmDialog.tsx').then(({ ConfirmDialog }) => ({ default: ConfirmDialog }));
const ConfirmDialog = lazy(load);

export function Confirm(props: ConfirmProps) {
  const { trigger, label = trigger, title, children, action, keep = 'Keep', disabled = false, onConfirm } = props;
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="control text-bad!"
        disabled={disabled}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void load()}
        onClick={() => {
          setOpen(true);
        }}
      >
        {trigger}
      </button>
      {open && (
        <Suspense>
          <ConfirmDialog
            title={title}
            action={action}
            keep={keep}
            onConfirm={onConfirm}
            opener={button}
            onClose={() => {
              setOpen(false);
            }}
          >
            {children}
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}
