/** What the page of findings is about; there before its numbers are. */
import type { ReactNode } from 'react';

export function FindingsHeader({ children }: { readonly children?: ReactNode }) {
  return (
    <header className="mb-5">
      <div className="mb-1.5 flex min-h-8 flex-wrap items-center justify-between gap-3">
        <h1 className="text-[22px] leading-tight font-semibold tracking-tight">Findings</h1>
        {children}
      </div>
      <p className="max-w-[85ch] text-muted">
        Six claims about Hessian spectra (Ghorbani, Krishnan and Xiao, ICML 2019), each held against the runs chosen
        below by a rule that was fixed beforehand. Numbers are means over runs with their 95&nbsp;% confidence interval
        and the number n of runs (or pairs of runs) they come from; a verdict needs an interval that excludes the
        opposite, and a claim with too few runs to decide it says so.
      </p>
    </header>
  );
}
