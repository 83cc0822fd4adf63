/** Traces of the blocks of a model as a table, such as mixed-precision quantisation reads (Dong et al. 2019, HAWQ-V2). */
import type { Estimate, SpectrumSummary } from '@ritz/spectra';
import type { SpectrumValues } from '../spectrum/spectrum.ts';
import { csvRows } from './csv.ts';

/** One block at one step; standard errors are over the probes, empty with a single one. */
export interface BlockTraces extends Pick<
  SpectrumValues,
  'step' | 'operator' | 'preconditioner' | 'block' | 'parameterCount'
> {
  readonly summary: SpectrumSummary;
}

const estimates = [
  'trace',
  'tracePerParameter',
  'lambdaMax',
  'effectiveRank',
] as const satisfies readonly (keyof SpectrumSummary)[];

const header: readonly string[] = [
  ...['step', 'operator', 'preconditioner', 'block', 'parameterCount'],
  ...estimates.flatMap((name) => [name, `${name}StandardError`]),
];

/** CSV with a header. */
export function blockTracesCsv(blocks: readonly BlockTraces[]): string {
  return csvRows([header, ...blocks.map(rowOf)]);
}

function rowOf({ step, operator, preconditioner, block, parameterCount, summary }: BlockTraces): unknown[] {
  return [
    ...[step, operator, preconditioner, block, parameterCount],
    ...estimates.flatMap((name) => cellsOf(summary[name])),
  ];
}

function cellsOf(estimate: Estimate | undefined): (number | null)[] {
  return estimate ? [estimate.value, estimate.standardError] : [null, null];
}
