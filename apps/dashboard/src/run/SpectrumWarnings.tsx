/** What may be wrong with a spectrum: folded norms, guessed parameters, and the like, as whoever measured it recorded them. */
import { TriangleAlert } from 'lucide-react';

export function SpectrumWarnings({ warnings }: { readonly warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <ul aria-label="Warnings of this measurement" className="mt-3 space-y-1 text-[13px] text-warn">
      {warnings.map((warning) => (
        <li key={warning} className="flex gap-1.5">
          <TriangleAlert className="mt-0.5 size-3.5 flex-none" aria-hidden />
          <span className="min-w-0 break-words">{warning}</span>
        </li>
      ))}
    </ul>
  );
}
