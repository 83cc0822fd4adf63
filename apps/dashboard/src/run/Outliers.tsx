'use client';
/** What of the spectrum moved along the training: outliers, their ratio, the gradient's share in them, negative mass. */
import { formatShare, linearScaleFor, logScaleFor, shareScale, type ChartSeries } from '@ritz/charts';
import { RunTrajectoryDocument, standaloneQuery, type RunTrajectoryQuery } from '@ritz/client';
import { StepFigure, type StepView } from '../figure/StepFigure.tsx';
import type { History } from './Training.tsx';

export type Trajectory = NonNullable<RunTrajectoryQuery['run']>['trajectory'];

export interface OutliersProps {
  readonly id: string;
  readonly trajectory: Trajectory;
  readonly history: History;
  readonly view: StepView;
}

const GRADIENTS = { FULL_BATCH: 'full batch', MINI_BATCH: 'mini-batch' } as const;

/** Training is stable while the largest eigenvalue is below 2/η (plain gradient descent). */
function stability({ step, learningRate }: History): ChartSeries {
  return {
    id: '2/η',
    label: '2/η',
    style: 7,
    x: step,
    y: learningRate.map((rate) => (rate !== null && rate > 0 ? 2 / rate : null)),
  };
}

export function Outliers({ id, trajectory, history, view }: OutliersProps) {
  const query = standaloneQuery(RunTrajectoryDocument, { id });
  const curve = (label: string, style: number, y: readonly (number | null)[]): ChartSeries => ({
    id: label,
    label,
    style,
    x: trajectory.step,
    y,
  });
  const outliers = [curve('λ₁', 0, trajectory.lambdaMax), curve('λK', 1, trajectory.lambdaK), stability(history)];
  const ratio = [curve('λ₁ / λK', 0, trajectory.ratio)];
  const overlap = trajectory.overlap.map(({ gradient, k, fraction }, number) =>
    curve(`${GRADIENTS[gradient]}, K = ${String(k)}`, number, fraction),
  );
  const negative = [curve('negative mass', 0, trajectory.negativeMass)];
  return (
    <>
      <StepFigure
        title="Outliers"
        reading="Largest and K-th largest eigenvalue, K = number of classes, against 2/η: plain gradient descent is stable while λ₁ stays below it."
        series={outliers}
        y={logScaleFor(outliers)}
        yTitle="eigenvalue λ"
        view={view}
        query={query}
      />
      <StepFigure
        title="Spread of the outliers"
        reading="λ₁ / λK: how far the largest eigenvalue stands above the K-th. Large values mean ill-conditioned directions."
        series={ratio}
        y={linearScaleFor(ratio, [1])}
        yTitle="λ₁ / λK"
        view={view}
        query={query}
      />
      <StepFigure
        title="Gradient overlap"
        reading="Share of the gradient’s energy in the span of the K leading eigenvectors, ‖P_K g‖² / ‖g‖². At 1 the gradient moves in the outlier space only."
        series={overlap}
        y={shareScale()}
        yTitle="share of ‖g‖²"
        view={view}
        query={query}
        formatY={formatShare}
      />
      <StepFigure
        title="Negative mass"
        reading="Share of the eigenvalues below 0: directions in which the loss curves downwards."
        series={negative}
        y={linearScaleFor(negative, [0])}
        yTitle="share of eigenvalues"
        view={view}
        query={query}
        formatY={formatShare}
      />
    </>
  );
}
