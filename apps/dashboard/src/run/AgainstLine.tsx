/** The spectrum that is shown against the one drawn behind it, in numbers. */
import { Legend, formatNumber, formatShare, type DensityCurve, type SpectrumFacts } from '@ritz/charts';
import { lambdaMaxError } from './lambdaMaxError.ts';

export interface AgainstLineProps {
  readonly shown: { readonly step: number; readonly curve: DensityCurve; readonly facts: SpectrumFacts };
  readonly ghost: { readonly step: number; readonly curve: DensityCurve; readonly facts: SpectrumFacts };
  readonly onClear: () => void;
}

const signed = (value: number, digits: number): string => `${value > 0 ? '+' : ''}${formatNumber(value, digits)}`;

/** Of Δλ₁: both residual bounds together; null if one is unknown. */
function errorOf(a: SpectrumFacts, b: SpectrumFacts): number | null {
  const [first, second] = [lambdaMaxError(a), lambdaMaxError(b)];
  return first === null || second === null ? null : first + second;
}

export function AgainstLine({ shown, ghost, onClear }: AgainstLineProps) {
  const error = errorOf(shown.facts, ghost.facts);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1" role="group" aria-label="Two steps">
      <Legend series={[ghost.curve, shown.curve]} />
      <p className="number text-[13px]">
        From step {formatNumber(ghost.step)} to step {formatNumber(shown.step)}:{' '}
        <strong className="font-semibold">Δλ₁ = {signed(shown.facts.lambdaMax - ghost.facts.lambdaMax, 3)}</strong>
        {error !== null && <span className="text-muted"> ± {formatNumber(error, 1)}</span>}, negative mass{' '}
        {formatShare(ghost.facts.negativeMass.value)} → {formatShare(shown.facts.negativeMass.value)}
      </p>
      <button type="button" className="control" onClick={onClear}>
        Show one step
      </button>
    </div>
  );
}
