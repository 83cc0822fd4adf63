/** Header of the findings page, shown before its numbers load. */
import type { ReactNode } from 'react';

export function FindingsHeader({ children }: { readonly children?: ReactNode }) {
  return (
    <header className="mb-5">
      <div className="mb-1.5 flex min-h-8 flex-wrap items-center justify-between gap-3">
        <h1 className="text-[22px] leading-tight font-semibold tracking-tight">Findings</h1>
        {children}
      </div>
      <p className="max-w-[85ch] text-muted">
        Six claims about Hessian spectra (Ghorbani, Krishnan and Xiao, ICML 2019), each tested on the selected runs by a
        rule fixed in advance. Numbers are means over runs (or pairs of runs, n) with 95&nbsp;% confidence intervals.
      </p>
    </header>
  );
}
