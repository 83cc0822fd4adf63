'use client';
/** A button that asks before it does something that cannot be undone. */
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';

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
