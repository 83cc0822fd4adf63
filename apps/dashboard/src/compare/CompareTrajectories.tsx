'use client';
/** Spectral statistics and training curves of the runs, overlaid. */
import {
  atOwnCadence,
  formatShare,
  linearScaleFor,
  logScaleFor,
  shareScale,
  type ChartSeries,
  type Points,
} from '@ritz/charts';
import { CompareRunsDocument, standaloneQuery } from '@ritz/client';
import { StepFigure, type StepView } from '../figure/StepFigure.tsx';
import { COMPARE_POINTS } from '../query/lists.ts';
import type { ComparedRun } from './aligned.ts';
import type { NamedRun } from './NamedRun.ts';

export interface CompareTrajectoriesProps {
  readonly runs: readonly NamedRun[];
  readonly view: StepView;
}

type TrajectoryColumn = 'lambdaMax' | 'lambdaK' | 'ratio' | 'negativeMass';
type HistoryColumn = 'trainLoss' | 'testLoss' | 'testAccuracy';

export function CompareTrajectories({ runs, view }: CompareTrajectoriesProps) {
  const query = standaloneQuery(CompareRunsDocument, { ids: runs.map(({ id }) => id), maxPoints: COMPARE_POINTS });
  const series = (points: (run: ComparedRun) => Points): ChartSeries[] =>
    runs.map(({ run, id, label, style }) => ({ id, label, style, ...points(run) }));
  const statistic = (name: TrajectoryColumn): ChartSeries[] =>
    series(({ trajectory }) => ({ x: trajectory.step, y: trajectory[name] }));
  const logged = (name: HistoryColumn): ChartSeries[] =>
    series(({ history }) => atOwnCadence(history.step, history[name]));
  const overlap = series(({ trajectory }) => ({
    x: trajectory.step,
    y: fullestOverlap(trajectory.overlap) ?? trajectory.step.map(() => null),
  }));
  const [lambdaMax, lambdaK, ratio, negative] = [
    statistic('lambdaMax'),
    statistic('lambdaK'),
    statistic('ratio'),
    statistic('negativeMass'),
  ];
  const [trainLoss, testAccuracy] = [logged('trainLoss'), logged('testAccuracy')];
  const shared = { view, query };
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <StepFigure
        {...shared}
        title="Largest eigenvalue, λ₁"
        reading="Sharpness of the loss along its steepest-curving direction; log scale. The shade along the bottom is each run’s learning rate."
        series={lambdaMax}
        y={logScaleFor(lambdaMax)}
        yTitle="λ₁"
      />
      <StepFigure
        {...shared}
        title="Spread of the outliers, λ₁ / λK"
        reading="How far the largest eigenvalue stands above the K-th, K = number of classes."
        series={ratio}
        y={linearScaleFor(ratio, [1])}
        yTitle="λ₁ / λK"
      />
      <StepFigure
        {...shared}
        title="Gradient overlap"
        reading="Share of the full-batch gradient’s energy in the span of the K leading eigenvectors, for the largest K measured."
        series={overlap}
        y={shareScale()}
        yTitle="share of ‖g‖²"
        formatY={formatShare}
      />
      <StepFigure
        {...shared}
        title="K-th largest eigenvalue, λK"
        reading="The last of the K outliers that a K-class problem has; log scale."
        series={lambdaK}
        y={logScaleFor(lambdaK)}
        yTitle="λK"
      />
      <StepFigure
        {...shared}
        title="Negative mass"
        reading="Share of the eigenvalues below 0."
        series={negative}
        y={linearScaleFor(negative, [0])}
        yTitle="share of eigenvalues"
        formatY={formatShare}
      />
      <StepFigure
        {...shared}
        title="Training loss"
        reading="What the runs minimise; log scale."
        series={trainLoss}
        y={logScaleFor(trainLoss)}
        yTitle="training loss"
      />
      <StepFigure
        {...shared}
        title="Test accuracy"
        reading="Share of test examples classified correctly."
        series={testAccuracy}
        y={shareScale()}
        yTitle="test accuracy"
        formatY={formatShare}
      />
    </div>
  );
}

/** The full-batch overlap with the largest K, if one was measured. */
function fullestOverlap(overlaps: ComparedRun['trajectory']['overlap']): readonly (number | null)[] | null {
  const full = overlaps.filter(({ gradient }) => gradient === 'FULL_BATCH').sort((a, b) => b.k - a.k);
  return full[0]?.fraction ?? null;
}
