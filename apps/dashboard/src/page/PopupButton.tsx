'use client';
/** A button that opens what it holds beside it; what shows it is loaded on first use. */
import { lazy, Suspense, useState, type ReactNode } from 'react';

export interface PopupButtonProps {
  /** What the popup is called. */
  readonly label: string;
  readonly content: ReactNode;
  readonly children: ReactNode;
}

const load = () => import('./Popup.tsx').then(({ Popup }) => ({ default: Popup }));
const Popup = lazy(load);

export function PopupButton({ label, content, children }: PopupButtonProps) {
  const [opened, setOpened] = useState(false);
  const closed = (
    <button
      type="button"
      className="control"
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onClick={() => {
        setOpened(true);
      }}
    >
      {children}
    </button>
  );
  if (!opened) return closed;
  return (
    <Suspense fallback={closed}>
      <Popup label={label} content={content}>
        {children}
      </Popup>
    </Suspense>
  );
}
