/** A section of the settings page: heading, description and content. */
import { useId, type ReactNode } from 'react';

export interface SectionProps {
  readonly title: string;
  readonly about?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, about, children }: SectionProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="panel min-w-0 px-4 py-4 sm:px-5">
      <h2 id={heading} className="text-[16px] font-semibold tracking-tight">
        {title}
      </h2>
      {about !== undefined && <p className="mt-0.5 max-w-[90ch] text-[13px] text-muted">{about}</p>}
      <div className="mt-3 space-y-3">{children}</div>
    </section>
  );
}
