'use client';
/** How the spectrum changed during training: outliers, their ratio, gradient overlap, negative mass. */
import { memo, useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  bounded,
  confidence95,
  formatShare,
  linearScaleFor,
  logScaleFor,
  outlierTrajectories,
  shareScale,
  type ChartSeries,
} from '@ritz/charts';
import { RunOutliersDocument, RunTrajectoryDocument, standaloneQuery, type RunTrajectoryQuery } from '@ritz/client';
import { StepFigure, type StepView } from '../figure/StepFigure.tsx';
import { historyPoints } from '../data/lists.ts';
import { apiQuery } from '../data/useApi.ts';
import type { History } from './Training.tsx';

type Trajectory = NonNullable<RunTrajectoryQuery['run']>['trajectory'];

export interface OutliersProps {
  readonly id: string;
  /** K; null if unknown. */
  readonly classes: number | null;
  readonly trajectory: Trajectory;
  readonly history: History;
  readonly view: StepView;
}

const gradients = { FULL_BATCH: 'full batch', MINI_BATCH: 'mini-batch' } as const;

/** Training is stable while the largest eigenvalue is below 2/η (plain gradient descent). */
function stability({ step, learningRate }: History): ChartSeries {
  return {
    id: '2/η',
    label: '2/η',
    style: 7,
    x: step,
    y: learningRate.map((rate) => (rate !== null && rate > 0 ? 2 / rate : null)),
    staircase: true,
  };
}

export const Outliers = memo(function Outliers({ id, classes, trajectory, history, view }: OutliersProps) {
  const { step } = trajectory;
  // Error bounds are fetched after the curves, so that the page does not wait.
  const bounds = useQuery(apiQuery(RunOutliersDocument, { id, maxPoints: historyPoints }, { newest: step.at(-1) }));
  const query = standaloneQuery(RunTrajectoryDocument, { id });
  const boundsQuery = standaloneQuery(RunOutliersDocument, { id, maxPoints: historyPoints });
  const curve = (label: string, style: number, y: readonly (number | null)[]): ChartSeries => ({
    id: label,
    label,
    style,
    x: step,
    y,
  });
  const spectra = bounds.data?.run?.spectra;
  const outliers = useMemo(() => {
    const measured = (spectra ?? []).map(({ step: { number }, outliers: found }) => ({ step: number, ...found }));
    return [...outlierTrajectories({ ...trajectory, classes }, measured), stability(history)];
  }, [spectra, trajectory, classes, history]);
  const ratio = [curve('λ₁ / λK', 0, trajectory.ratio)];
  const overlap = trajectory.overlap.map(({ gradient, k, fraction }, number) =>
    curve(`${gradients[gradient]}, K = ${String(k)}`, number, fraction),
  );
  const negative = useMemo(() => {
    const series = {
      id: 'negative mass',
      label: 'negative mass',
      style: 0,
      x: trajectory.step,
      y: trajectory.negativeMass,
    };
    if (!spectra) return [series];
    const errors = new Map(spectra.map((one) => [one.step.number, confidence95(one.negativeMass)]));
    return [bounded(series, (at) => errors.get(at), 0)];
  }, [spectra, trajectory]);
  return (
    <>
      <StepFigure
        title="Outliers"
        reading="The largest eigenvalues, from λ₁ to λK, K = number of classes. Error bars are guaranteed bounds (the residual of each Ritz value), mostly too small to see. Plain gradient descent with rate η is stable while λ₁ stays below 2/η."
        series={outliers}
        y={logScaleFor(outliers)}
        yTitle="eigenvalue λ"
        view={view}
        query={boundsQuery}
      />
      <StepFigure
        title="Spread of the outliers"
        reading="Ratio of the largest eigenvalue to the K-th largest. Large values mean ill-conditioned directions."
        series={ratio}
        y={linearScaleFor(ratio, [1])}
        yTitle="λ₁ / λK"
        view={view}
        query={query}
      />
      <StepFigure
        title="Gradient overlap"
        reading={
          <>
            Share of the gradient’s energy in the span of the K leading eigenvectors, ‖P<sub>K</sub> g‖² / ‖g‖². At 1
            the gradient lies entirely in the outlier space.
          </>
        }
        series={overlap}
        y={shareScale()}
        yTitle="share of ‖g‖²"
        view={view}
        query={query}
        formatY={formatShare}
      />
      <StepFigure
        title="Negative mass"
        reading={
          'Share of eigenvalues below 0: directions of negative curvature. Error bars: 95\u00a0% confidence over the random probes.'
        }
        series={negative}
        y={linearScaleFor(negative, [0])}
        yTitle="share of eigenvalues"
        view={view}
        query={boundsQuery}
        formatY={formatShare}
      />
    </>
  );
});
