/** Summary numbers of one spectrum. */
import type { ReactNode } from 'react';
import { formatNumber, formatShare, type SpectrumFacts } from '@ritz/charts';
import { Help } from '../help/Help.tsx';
import { lambdaMaxError } from './lambdaMaxError.ts';
import type { TermName } from '../help/terms.ts';

export interface SpectrumNumbersProps {
  readonly facts: SpectrumFacts;
  readonly classes: number | null;
}

export function SpectrumNumbers({ facts, classes }: SpectrumNumbersProps) {
  const { negativeMass } = facts;
  const { lambdaMax } = facts;
  const error = lambdaMaxError(facts);
  const k = classes === null ? 'K' : String(classes);
  const rows: readonly (readonly [label: ReactNode, term: TermName, value: string, half?: string | undefined])[] = [
    ['λ₁', 'lambda1', formatNumber(lambdaMax), error === null ? undefined : formatNumber(error, 1)],
    [`λK, K = ${k}`, 'lambdaK', formatNumber(facts.lambdaK)],
    ['λ₁ / λK', 'ratio', formatNumber(facts.ratio, 3)],
    ['Outliers', 'outlierCount', formatNumber(facts.outlierCount)],
    ['Bulk edge', 'bulkEdge', formatNumber(facts.bulkEdge, 3)],
    ['λmin', 'lambdaMin', formatNumber(facts.lambdaMin, 3)],
    [
      'Below 0',
      'negativeMass',
      formatShare(negativeMass.value),
      negativeMass.standardError === null ? undefined : formatShare(negativeMass.standardError),
    ],
  ];
  return (
    <dl className="number mt-2 grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-x-5 text-[13px]">
      {rows.map(([label, term, value, half], index) => (
        <div key={index} className="min-w-0 border-t border-line py-1">
          <dt className="text-[12px] text-muted">
            <Help of={term}>{label}</Help>
          </dt>
          <dd className="break-words">
            <span className="font-medium">{value}</span>
            {half !== undefined && <span className="text-muted"> ± {half}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
