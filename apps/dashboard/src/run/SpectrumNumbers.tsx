/** Summary numbers of one spectrum. */
import type { ReactNode } from 'react';
import { counted, formatNumber, formatShare, type SpectrumFacts } from '@ritz/charts';
import type { RunSpectrum } from './spectra.ts';

/** Relative floor of the error of λ₁: products are rounded to single precision or better. */
const rounding = 2 ** -23;

export interface SpectrumNumbersProps {
  readonly facts: SpectrumFacts;
  readonly classes: number | null;
  readonly spectrum: RunSpectrum;
}

export function SpectrumNumbers({ facts, classes, spectrum }: SpectrumNumbersProps) {
  const { negativeMass } = facts;
  const { lambdaMax, lambdaMaxResidual } = facts;
  const error = lambdaMaxResidual === null ? null : Math.max(lambdaMaxResidual, rounding * Math.abs(lambdaMax));
  const k = classes === null ? 'K' : String(classes);
  const rows: readonly (readonly [label: ReactNode, value: string])[] = [
    ['Largest, λ₁', `${formatNumber(lambdaMax)}${error === null ? '' : ` ± ${formatNumber(error, 1)}`}`],
    [`${k}-th largest, λK`, formatNumber(facts.lambdaK)],
    ['λ₁ / λK', formatNumber(facts.ratio, 3)],
    ['Outliers', formatNumber(facts.outlierCount)],
    ['Bulk edge', formatNumber(facts.bulkEdge, 3)],
    ['Smallest, λmin', formatNumber(facts.lambdaMin, 3)],
    [
      'Share below 0',
      `${formatShare(negativeMass.value)}${negativeMass.standardError === null ? '' : ` ± ${formatShare(negativeMass.standardError)}`}`,
    ],
  ];
  return (
    <div className="mt-3 text-[13px]">
      <dl className="number grid grid-cols-2 gap-x-6 border-t border-line sm:grid-cols-4">
        {rows.map(([label, value], index) => (
          <div key={index} className="border-b border-line py-1.5">
            <dt className="text-[12.5px] text-muted">{label}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="number mt-2 text-[12.5px] text-muted">
        {counted(spectrum.probeCount, 'probe')} of {counted(spectrum.lanczosSteps, 'Lanczos step')} over{' '}
        {counted(spectrum.dataSize, 'example')}; {counted(spectrum.hvpCount, 'Hessian-vector product')} in{' '}
        {formatNumber(spectrum.seconds, 3)} s. ± on λ₁ is its residual bound, or single precision’s rounding where that
        is more; on shares one standard error.
      </p>
    </div>
  );
}
