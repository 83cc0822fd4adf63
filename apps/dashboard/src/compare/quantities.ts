/** Quantities compared across runs during training, each with its values and its axis. */
import {
  atOwnCadence,
  bounded,
  confidence95,
  formatShare,
  linearScaleFor,
  logScaleFor,
  shareScale,
  statisticCurve,
  type AxisScale,
  type ChartSeries,
  type Points,
  type StatisticName,
} from '@ritz/charts';
import type { TermName } from '../help/terms.ts';
import type { ComparedRun } from './ComparedRun.ts';
import type { NamedRun } from './NamedRun.ts';
import type { ErrorBounds, SpectrumErrors } from './useErrorBounds.ts';

export interface Quantity {
  /** Key in the URL. */
  readonly name: QuantityName;
  readonly title: string;
  /** Short label for the selector. */
  readonly label: string;
  readonly reading: string;
  /** What the question mark explains. */
  readonly help?: readonly TermName[];
  readonly yTitle: string;
  /** Logged along the training, not measured with the spectra. */
  readonly logged?: true;
  readonly of: (run: ComparedRun) => Points;
  readonly scale: (series: readonly ChartSeries[]) => AxisScale;
  readonly format?: (value: number) => string;
  /** Half-width of the error bar at a measured step; null if unknown. */
  readonly halfWidth?: (errors: SpectrumErrors, run: ComparedRun) => number | null | undefined;
}

/** Statistics that are drawn as the catalogue describes them. Their columns are in the document CompareRuns. */
const catalogued = ['effectiveRank', 'massNearZero'] as const satisfies readonly StatisticName[];

type QuantityName =
  | ('lambda1' | 'ratio' | 'overlap' | 'lambdaK' | 'negative' | 'loss' | 'accuracy' | 'rate')
  | (typeof catalogued)[number];

/** The full-batch overlap with the largest K, if one was measured. */
function fullestOverlap({ overlap, step }: ComparedRun['trajectory']): readonly (number | null)[] {
  const full = overlap.filter(({ gradient }) => gradient === 'FULL_BATCH').sort((a, b) => b.k - a.k);
  return full[0]?.fraction ?? step.map(() => null);
}

export const quantities: readonly Quantity[] = [
  {
    name: 'lambda1',
    title: 'Largest eigenvalue, λ₁',
    label: 'λ₁',
    reading: 'Curvature along the most curved direction, with residual bounds; log scale.',
    help: ['lambda1', 'schedule'],
    yTitle: 'λ₁',
    of: ({ trajectory }) => ({ x: trajectory.step, y: trajectory.lambdaMax }),
    halfWidth: ({ outliers }) => outliers.residuals[0],
    scale: logScaleFor,
  },
  {
    name: 'ratio',
    title: 'Spread of the outliers, λ₁ / λK',
    label: 'λ₁ / λK',
    reading: 'Ratio of the largest eigenvalue to the K-th largest; K = number of classes.',
    help: ['ratio'],
    yTitle: 'λ₁ / λK',
    of: ({ trajectory }) => ({ x: trajectory.step, y: trajectory.ratio }),
    scale: (series) => linearScaleFor(series, [1]),
  },
  {
    name: 'overlap',
    title: 'Gradient overlap',
    label: 'gradient overlap',
    reading: 'Share of the full-batch gradient’s energy along the K leading eigenvectors, for the largest K.',
    help: ['overlap'],
    yTitle: 'share of ‖g‖²',
    of: ({ trajectory }) => ({ x: trajectory.step, y: fullestOverlap(trajectory) }),
    scale: shareScale,
    format: formatShare,
  },
  {
    name: 'lambdaK',
    title: 'K-th largest eigenvalue, λK',
    label: 'λK',
    reading: 'The smallest of the K outliers expected for K classes, with residual bounds; log scale.',
    help: ['lambdaK'],
    yTitle: 'λK',
    of: ({ trajectory }) => ({ x: trajectory.step, y: trajectory.lambdaK }),
    halfWidth: ({ outliers }, { classes }) => (classes === null ? null : outliers.residuals[classes - 1]),
    scale: logScaleFor,
  },
  {
    name: 'negative',
    title: 'Negative mass',
    label: 'negative mass',
    reading: 'Share of eigenvalues below 0, with 95\u00a0% confidence over the probes.',
    help: ['negativeMass'],
    yTitle: 'share of eigenvalues',
    of: ({ trajectory }) => ({ x: trajectory.step, y: trajectory.negativeMass }),
    halfWidth: ({ negativeMass }) => confidence95(negativeMass),
    scale: (series) => linearScaleFor(series, [0]),
    format: formatShare,
  },
  ...catalogued.map((name): Quantity => ({
    name,
    ...statisticCurve(name),
    of: ({ trajectory }) => ({ x: trajectory.step, y: trajectory[name] }),
  })),
  {
    name: 'loss',
    logged: true,
    title: 'Training loss',
    label: 'training loss',
    reading: 'The training objective; log scale.',
    yTitle: 'training loss',
    of: ({ history }) => atOwnCadence(history.step, history.trainLoss),
    scale: logScaleFor,
  },
  {
    name: 'accuracy',
    logged: true,
    title: 'Test accuracy',
    label: 'test accuracy',
    reading: 'Share of test examples classified correctly.',
    yTitle: 'test accuracy',
    of: ({ history }) => atOwnCadence(history.step, history.testAccuracy),
    scale: shareScale,
    format: formatShare,
  },
  {
    name: 'rate',
    logged: true,
    title: 'Learning rate',
    label: 'learning rate',
    reading: 'Learning rate of each step; log scale.',
    yTitle: 'learning rate',
    of: ({ history }) => ({ x: history.step, y: history.learningRate }),
    scale: logScaleFor,
  },
];

/** One curve a run, in its style, with error bars where they are known. */
export function seriesOf(quantity: Quantity, runs: readonly NamedRun[], bounds?: ErrorBounds): ChartSeries[] {
  const { of, halfWidth } = quantity;
  return runs.map(({ run, id, label, style }) => {
    const series = { id, label, style, ...of(run) };
    const errors = bounds?.get(id);
    if (!errors || !halfWidth) return series;
    return bounded(series, (step) => {
      const known = errors.get(step);
      return known && halfWidth(known, run);
    });
  });
}
