/** What may be wrong with a spectrum: folded norms, guessed parameters, and the like, as whoever measured it recorded them. */
import { TriangleAlert } from 'lucide-react';

export interface SpectrumWarningsProps {
  readonly warnings: readonly string[];
  /** Accessible name of the list. */
  readonly label?: string;
}

export function SpectrumWarnings({ warnings, label = 'Warnings of this measurement' }: SpectrumWarningsProps) {
  if (warnings.length === 0) return null;
  return (
    <ul aria-label={label} className="mt-3 space-y-1 text-[13px] text-warn">
      {warnings.map((warning) => (
        <li key={warning} className="flex gap-1.5">
          <TriangleAlert className="mt-0.5 size-3.5 flex-none" aria-hidden />
          <span className="min-w-0 break-words">{warning}</span>
        </li>
      ))}
    </ul>
  );
}
