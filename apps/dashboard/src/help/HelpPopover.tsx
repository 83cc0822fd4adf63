'use client';
/** The explanation of terms in a popover, loaded on first use. */
import type { ReactNode } from 'react';
import { Popover } from 'radix-ui';
import { terms, type Term, type TermName } from './terms.ts';

export interface HelpPopoverProps {
  readonly of: readonly TermName[];
  /** What the button is called, for those who cannot see it. */
  readonly label: string | undefined;
  readonly className: string;
  readonly children: ReactNode;
}

export function HelpPopover({ of, label, className, children }: HelpPopoverProps) {
  return (
    <Popover.Root defaultOpen>
      <Popover.Trigger className={className} aria-label={label} title="What is this?">
        {children}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={12}
          aria-label={label ?? 'Explanation'}
          className="menu max-h-[min(70vh,32rem)] w-[min(26rem,calc(100vw-24px))] overflow-y-auto px-4 py-3 text-[13px]"
        >
          {of.map((name) => (
            <Explanation key={name} term={terms[name]} />
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Explanation({ term: { name, meaning, formula, reference } }: { readonly term: Term }) {
  return (
    <section className="border-line py-1.5 [&+section]:border-t">
      <h4 className="font-semibold">{name}</h4>
      <p>{meaning}</p>
      {formula && <p className="my-1 rounded bg-sunken px-2 py-1 font-serif text-[14px]">{formula}</p>}
      {reference && <p className="text-[12px] text-muted">{reference}</p>}
    </section>
  );
}
