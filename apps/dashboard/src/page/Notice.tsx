/** A notice for a page or section without content: the reason and what to do. */
import type { ReactNode } from 'react';

export interface NoticeProps {
  readonly title: string;
  readonly children: ReactNode;
  /** 'alert' is announced immediately. */
  readonly role?: 'alert' | 'status';
  readonly heading?: 'h1' | 'h2';
}

export function Notice({ title, children, role, heading: Heading = 'h1' }: NoticeProps) {
  return (
    <section role={role} className="panel mx-auto my-12 max-w-2xl px-6 py-8 sm:px-10">
      <Heading className="mb-2 text-xl font-semibold tracking-tight">{title}</Heading>
      <div className="space-y-3 text-[14.5px] text-muted [&_a]:text-accent [&_a]:underline [&_code]:rounded [&_code]:bg-sunken [&_code]:px-1.5 [&_code]:py-0.5 [&_code]:font-mono [&_code]:text-[13px] [&_code]:text-ink">
        {children}
      </div>
    </section>
  );
}
