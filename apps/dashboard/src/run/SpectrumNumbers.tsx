/** The numbers of one spectrum, beside its picture. */
import type { ReactNode } from 'react';
import { formatNumber, formatShare, type SpectrumFacts } from '@ritz/charts';
import type { RunSpectrum } from './spectra.ts';

export interface SpectrumNumbersProps {
  readonly facts: SpectrumFacts;
  readonly classes: number | null;
  readonly spectrum: RunSpectrum;
}

export function SpectrumNumbers({ facts, classes, spectrum }: SpectrumNumbersProps) {
  const { negativeMass } = facts;
  const k = classes === null ? 'K' : String(classes);
  const rows: readonly (readonly [label: ReactNode, value: string])[] = [
    [
      'Largest, λ₁',
      `${formatNumber(facts.lambdaMax)}${facts.lambdaMaxResidual === null ? '' : ` ± ${formatNumber(facts.lambdaMaxResidual, 1)}`}`,
    ],
    [`${k}-th largest, λK`, formatNumber(facts.lambdaK)],
    ['λ₁ / λK', formatNumber(facts.ratio, 3)],
    ['Outliers', formatNumber(facts.outlierCount)],
    ['Bulk ends at', formatNumber(facts.bulkEdge, 3)],
    ['Smallest', formatNumber(facts.lambdaMin, 3)],
    [
      'Below 0',
      `${formatShare(negativeMass.value)}${negativeMass.standardError === null ? '' : ` ± ${formatShare(negativeMass.standardError)}`}`,
    ],
  ];
  return (
    <div className="text-[13px]">
      <dl className="number divide-y divide-line border-y border-line">
        {rows.map(([label, value], index) => (
          <div key={index} className="flex justify-between gap-3 py-1.5">
            <dt className="text-muted">{label}</dt>
            <dd className="text-right font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="number mt-2 text-[12.5px] text-muted">
        {formatNumber(spectrum.probeCount)} probes of {formatNumber(spectrum.lanczosSteps)} Lanczos steps over{' '}
        {formatNumber(spectrum.dataSize)} examples; {formatNumber(spectrum.hvpCount)} Hessian products in{' '}
        {formatNumber(spectrum.seconds, 3)} s. ± on λ₁ is its residual bound.
      </p>
    </div>
  );
}
