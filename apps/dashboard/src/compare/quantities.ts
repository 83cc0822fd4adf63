/** What of runs is compared along the training: where its values are, and the axis that suits them. */
import {
  atOwnCadence,
  bounded,
  confidence95,
  formatShare,
  linearScaleFor,
  logScaleFor,
  shareScale,
  type AxisScale,
  type ChartSeries,
  type Points,
} from '@ritz/charts';
import type { ComparedRun, NamedRun } from './NamedRun.ts';
import type { ErrorBounds, SpectrumErrors } from './useErrorBounds.ts';

export interface Quantity {
  /** In the address. */
  readonly name: QuantityName;
  readonly title: string;
  /** Short, for a choice among them. */
  readonly label: string;
  readonly reading: string;
  readonly yTitle: string;
  readonly of: (run: ComparedRun) => Points;
  readonly scale: (series: readonly ChartSeries[]) => AxisScale;
  readonly format?: (value: number) => string;
  /** Half the length of its error bar at a measured step; null = not known. */
  readonly halfWidth?: (errors: SpectrumErrors, run: ComparedRun) => number | null | undefined;
}

export type QuantityName = 'lambda1' | 'ratio' | 'overlap' | 'lambdaK' | 'negative' | 'loss' | 'accuracy' | 'rate';

/** The full-batch overlap with the largest K, if one was measured. */
function fullestOverlap({ overlap, step }: ComparedRun['trajectory']): readonly (number | null)[] {
  const full = overlap.filter(({ gradient }) => gradient === 'FULL_BATCH').sort((a, b) => b.k - a.k);
  return full[0]?.fraction ?? step.map(() => null);
}

export const QUANTITIES: readonly Quantity[] = [
  {
    name: 'lambda1',
    title: 'Largest eigenvalue, λ₁',
    label: 'λ₁',
    reading:
      'Sharpness of the loss along its steepest-curving direction; log scale. Bars, mostly too small to be seen, are the residual bound that an eigenvalue lies within. The shade along the bottom is each run’s learning rate.',
    yTitle: 'λ₁',
    of: ({ trajectory }) => ({ x: trajectory.step, y: trajectory.lambdaMax }),
    halfWidth: ({ outliers }) => outliers.residuals[0],
    scale: logScaleFor,
  },
  {
    name: 'ratio',
    title: 'Spread of the outliers, λ₁ / λK',
    label: 'λ₁ / λK',
    reading: 'How far the largest eigenvalue stands above the K-th, K = number of classes.',
    yTitle: 'λ₁ / λK',
    of: ({ trajectory }) => ({ x: trajectory.step, y: trajectory.ratio }),
    scale: (series) => linearScaleFor(series, [1]),
  },
  {
    name: 'overlap',
    title: 'Gradient overlap',
    label: 'gradient overlap',
    reading:
      'Share of the full-batch gradient’s energy in the span of the K leading eigenvectors, for the largest K measured.',
    yTitle: 'share of ‖g‖²',
    of: ({ trajectory }) => ({ x: trajectory.step, y: fullestOverlap(trajectory) }),
    scale: shareScale,
    format: formatShare,
  },
  {
    name: 'lambdaK',
    title: 'K-th largest eigenvalue, λK',
    label: 'λK',
    reading: 'The last of the K outliers that a K-class problem has; log scale. Bars are residual bounds.',
    yTitle: 'λK',
    of: ({ trajectory }) => ({ x: trajectory.step, y: trajectory.lambdaK }),
    halfWidth: ({ outliers }, { classes }) => (classes === null ? null : outliers.residuals[classes - 1]),
    scale: logScaleFor,
  },
  {
    name: 'negative',
    title: 'Negative mass',
    label: 'negative mass',
    reading:
      'Share of the eigenvalues below 0: directions in which the loss curves downwards. Bars: 95\u00a0% confidence over the random probes.',
    yTitle: 'share of eigenvalues',
    of: ({ trajectory }) => ({ x: trajectory.step, y: trajectory.negativeMass }),
    halfWidth: ({ negativeMass }) => confidence95(negativeMass),
    scale: (series) => linearScaleFor(series, [0]),
    format: formatShare,
  },
  {
    name: 'loss',
    title: 'Training loss',
    label: 'training loss',
    reading: 'What the runs minimise; log scale.',
    yTitle: 'training loss',
    of: ({ history }) => atOwnCadence(history.step, history.trainLoss),
    scale: logScaleFor,
  },
  {
    name: 'accuracy',
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
    title: 'Learning rate',
    label: 'learning rate',
    reading: 'The rate that each step was taken with; log scale.',
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
