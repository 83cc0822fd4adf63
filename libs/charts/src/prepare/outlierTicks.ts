/** What single eigenvalues say when they are pointed at: `λ₃ = 2.58 ± 4×10⁻⁶, 12.0 % of ‖g‖², 80.0 % in layer 3`. */
import { outliers, type MeasuredSpectrum } from '@ritz/spectra';
import { formatNumber, formatShare } from './formatNumber.ts';
import { subscript } from './outlierTrajectories.ts';

/** What is recorded of the Ritz vector of one of the largest eigenvalues. */
export interface RitzVectorNumbers {
  /** 0 for the largest. */
  readonly index: number;
  readonly value: number;
  readonly residual: number | null;
  readonly gradientOverlap: number | null;
  readonly massByBlock: readonly { readonly block: string; readonly mass: number }[] | null;
}

export interface OutlierTick {
  readonly value: number;
  readonly text: string;
}

/** The block that holds most of a vector; null where nothing is recorded of blocks. */
export function mainBlock({
  massByBlock,
}: Pick<RitzVectorNumbers, 'massByBlock'>): { block: string; mass: number } | null {
  return (massByBlock ?? []).reduce<{ block: string; mass: number } | null>(
    (most, one) => (most === null || one.mass > most.mass ? one : most),
    null,
  );
}

/** Share of the distance between neighbours within which a recorded vector is that of an eigenvalue. */
const near = 1e-3;

/** Descending: the outliers of the spectrum, each with what is recorded of its vector. */
export function outlierTicks(measured: MeasuredSpectrum, vectors: readonly RitzVectorNumbers[] = []): OutlierTick[] {
  const { values, residuals } = outliers(measured);
  return Array.from(values, (value, index): OutlierTick => {
    const residual = residuals[index] ?? null;
    const recorded = vectors.find((one) => one.index === index);
    const reach = Math.max(near * Math.abs(value), residual ?? 0);
    const vector = recorded && Math.abs(recorded.value - value) <= reach ? recorded : undefined;
    const error = vector?.residual ?? residual;
    const main = vector && mainBlock(vector);
    const parts = [
      `λ${subscript(index + 1)} = ${formatNumber(value)}${error === null ? '' : ` ± ${formatNumber(error, 1)}`}`,
      ...(vector?.gradientOverlap == null ? [] : [`${formatShare(vector.gradientOverlap)} of ‖g‖²`]),
      ...(main ? [`${formatShare(main.mass)} in ${main.block}`] : []),
    ];
    return { value, text: parts.join(', ') };
  });
}
