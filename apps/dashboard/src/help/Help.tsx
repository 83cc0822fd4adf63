'use client';
/** A word or symbol that explains itself when pressed. */
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { CircleHelp } from 'lucide-react';
import type { TermName } from './terms.ts';

export interface HelpProps {
  readonly of: TermName | readonly TermName[];
  readonly children: ReactNode;
  readonly label?: string;
  readonly className?: string;
}

const load = () => import('./HelpPopover.tsx').then(({ HelpPopover }) => ({ default: HelpPopover }));
const HelpPopover = lazy(load);

const termLook =
  'cursor-help text-left underline decoration-dotted decoration-strong-line underline-offset-3 hover:text-ink';

export function Help({ of, children, label, className = termLook }: HelpProps) {
  const [opened, setOpened] = useState(false);
  const closed = (
    <button
      type="button"
      className={className}
      aria-label={label}
      aria-haspopup="dialog"
      aria-expanded={opened}
      title="What is this?"
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
      <HelpPopover of={typeof of === 'string' ? [of] : of} label={label} className={className}>
        {children}
      </HelpPopover>
    </Suspense>
  );
}

/** The question mark beside a title. */
export function HelpButton({ of, title }: { readonly of: readonly TermName[]; readonly title: string }) {
  return (
    <Help of={of} label={`Help: ${title}`} className="tool">
      <CircleHelp className="size-4" aria-hidden />
    </Help>
  );
}
