/** The claims of the paper, tested on stored runs. */
import { max } from 'd3-array';
import {
  claimLevels,
  claims,
  evaluateClaims,
  familyOf,
  resolvedTop,
  rootMeanSquare,
  type Claim,
  type ClaimFigure,
  type ClaimResult,
  type ClaimRun,
  type ClaimSpectrum,
  type Measurement,
  type Verdict,
} from '@ritz/spectra';
import { linearScale, logScale, stepScale, type AxisScale } from './axisScale.ts';
import type { ChartSeries } from './ChartSeries.ts';
import { valueDomain } from './domain.ts';
import { counted, formatNumber } from './formatNumber.ts';

export { claimLevels, familyOf, resolvedTop, rootMeanSquare, type ClaimRun, type ClaimSpectrum };

/** In the paper's order. */
export const claimIds = claims.map(({ id }) => id);

export interface Finding {
  readonly claim: Pick<Claim, 'id' | 'statement' | 'rule'>;
  readonly result: ClaimResult;
}

/** Every claim, decided by its own rule; "cannot tell" with too few runs. */
export function findings(runs: readonly ClaimRun[]): Finding[] {
  return evaluateClaims(runs);
}

export interface ClaimDrawing {
  readonly x: AxisScale;
  readonly y: AxisScale;
  readonly series: readonly ChartSeries[];
}

/**
 * Null without data. `styles` maps run names to their styles on other pages; other curves, such as those of a family of runs, take styles in order.
 */
export function claimDrawing(
  { series, logarithmic }: ClaimFigure,
  styles: ReadonlyMap<string, number> = new Map(),
): ClaimDrawing | null {
  const places = series.flatMap(({ points }) => points.map(([x]) => x));
  // Steps are integers; a logarithm spreads the first ones, where much happens.
  const overSteps = places.every((x) => Number.isInteger(x) && x >= 0);
  const xs = valueDomain([places]);
  const ys = valueDomain(
    series.map(({ points }) => points.map(([, y]) => y)),
    { positive: logarithmic },
  );
  if (!xs || !ys) return null;
  return {
    x: overSteps ? stepScale(max(places) ?? 1) : linearScale(xs),
    y: logarithmic ? logScale(ys) : linearScale(ys),
    series: series.map(({ name, points }, index) => ({
      id: String(index),
      label: name,
      style: styles.get(name) ?? index,
      x: points.map(([x]) => x),
      y: points.map(([, y]) => (Number.isFinite(y) ? y : null)),
    })),
  };
}

/** `0.42 (95 %: 0.31 to 0.53; 3 nets, 9 replicates)`. */
export function describeMeasurement(measurement: Measurement): string {
  const { mean, interval, replicates } = measurement;
  if (replicates.length === 0) return 'too few runs';
  const range = interval && `95 %: ${formatNumber(interval[0], 3)} to ${formatNumber(interval[1], 3)}`;
  return `${formatNumber(mean, 3)} (${range ?? 'no interval'}; ${describeUnits(measurement)})`;
}

/** What was averaged, and what is missing: `3 nets, 9 replicates; 1 missing`. */
export function describeUnits({ units, replicates, missing, missingMatter }: Measurement): string {
  const independent = { nets: counted(units.values.length, 'net'), seeds: counted(units.values.length, 'seed') }[
    units.of
  ];
  const all = replicates.length > units.values.length ? `, ${counted(replicates.length, 'replicate')}` : '';
  const matters = missingMatter ? ', which could change the verdict' : '';
  return `${independent}${all}${missing > 0 ? `; ${String(missing)} missing${matters}` : ''}`;
}

/** What would decide an open number: `about 4 more nets would decide`; empty where it is decided, or cannot be told. */
export function describeMore({ units, more, verdict }: Measurement): string {
  if (verdict !== 'cannot tell' || more === null || more === 0) return '';
  const noun = { nets: 'net', seeds: 'seed' }[units.of];
  return `about ${counted(more, `more ${noun}`)} would decide`;
}

const answers: Readonly<Record<Verdict, string>> = {
  supports: 'Supported',
  contradicts: 'Contradicted',
  'no effect': 'No effect that matters',
  'cannot tell': 'Undecided',
};

export interface FindingSentence {
  /** `Supported`, `Contradicted`, … */
  readonly answer: string;
  /** The number that says so, with its interval and where it was claimed to lie: what decided the verdict, or what would. */
  readonly because: string;
}

/** The finding in a sentence, led by the number that is as decided as the claim itself. */
export function findingSentence({ result: { verdict, measurements } }: Finding): FindingSentence {
  const answer = answers[verdict];
  const measured = measurements.filter(({ replicates, decides }) => decides && replicates.length > 0);
  const leading = measured.find((one) => one.verdict === verdict) ?? measured[0];
  if (!leading) return { answer, because: 'none of the selected runs bears on it' };
  const { label, mean, interval, claimed } = leading;
  const range = interval ? ` (95 %: ${formatNumber(interval[0], 3)} to ${formatNumber(interval[1], 3)})` : '';
  const more = verdict === 'cannot tell' ? describeMore(leading) : '';
  const number = `${label} is ${formatNumber(mean, 3)}${range}, claimed ${claimed.side} ${formatNumber(claimed.of, 3)}`;
  return { answer, because: more === '' ? number : `${number}; ${more}` };
}
