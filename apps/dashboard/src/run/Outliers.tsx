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
import { ownQuery } from '../data/useApi.ts';
import { RateDrops } from './RateDrops.tsx';
import type { Curvature } from './spectra.ts';
import { stabilityLimit } from './stability.ts';
import type { History } from './Training.tsx';

export type Trajectory = NonNullable<RunTrajectoryQuery['run']>['trajectory'];

export interface OutliersProps {
  readonly id: string;
  readonly curvature: Curvature;
  /** K; null if unknown. */
  readonly classes: number | null;
  readonly trajectory: Trajectory;
  readonly history: History;
  readonly view: StepView;
}

const gradients = { FULL_BATCH: 'full batch', MINI_BATCH: 'mini-batch' } as const;

export const Outliers = memo(function Outliers(props: OutliersProps) {
  const { id, curvature, classes, trajectory, history, view } = props;
  const { step } = trajectory;
  const boundsOf = { id, maxPoints: historyPoints, ...curvature };
  // Error bounds are fetched after the curves, so that the page does not wait.
  const bounds = useQuery(ownQuery(RunOutliersDocument, boundsOf, step.at(-1)));
  const query = standaloneQuery(RunTrajectoryDocument, { id, ...curvature });
  const boundsQuery = standaloneQuery(RunOutliersDocument, boundsOf);
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
    return [...outlierTrajectories({ ...trajectory, classes }, measured), stabilityLimit(history)];
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
  const drops = view.drops ?? [];
  return (
    <>
      <StepFigure
        title="Outliers"
        reading="The largest eigenvalues with their residual bounds, and the stability limit 2/η."
        help={['lambda1', 'lambdaK', 'stability', 'schedule', 'marks']}
        series={outliers}
        y={logScaleFor(outliers)}
        yTitle="eigenvalue λ"
        view={view}
        query={boundsQuery}
        height={280}
        {...(drops.length > 0
          ? { controls: <RateDrops drops={drops} lambda1={outliers[0]} onPickStep={view.onPickStep} /> }
          : {})}
      />
      <StepFigure
        title="Spread of the outliers"
        reading="Ratio of the largest eigenvalue to the K-th largest."
        help={['ratio']}
        series={ratio}
        y={linearScaleFor(ratio, [1])}
        yTitle="λ₁ / λK"
        view={view}
        query={query}
      />
      <StepFigure
        title="Gradient overlap"
        reading="Share of the gradient’s energy in the span of the K leading eigenvectors."
        help={['overlap']}
        series={overlap}
        y={shareScale()}
        yTitle="share of ‖g‖²"
        view={view}
        query={query}
        formatY={formatShare}
      />
      <StepFigure
        title="Negative mass"
        reading={'Share of eigenvalues below 0, with 95\u00a0% confidence over the probes.'}
        help={['negativeMass']}
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
