'use client';
/** How the spectrum changed during training: outliers, their ratio, gradient overlap, negative mass. */
import { memo, useMemo } from 'react';
import { formatShare, linearScaleFor, logScaleFor, shareScale, type ChartSeries } from '@ritz/charts';
import { RunTrajectoryDocument, standaloneQuery } from '@ritz/client';
import { StepFigure, type StepView } from '../figure/StepFigure.tsx';
import { captionOfCurves } from './captionOf.ts';
import { RateDrops } from './RateDrops.tsx';
import type { Curvature, Run, RunSpectrum } from './spectra.ts';
import type { RunCurves, Trajectory } from './useRunCurves.ts';

export interface OutliersProps {
  readonly run: Run;
  readonly curvature: Curvature;
  readonly spectra: ReadonlyMap<number, RunSpectrum>;
  readonly trajectory: Trajectory;
  readonly curves: RunCurves;
  /** Of the optimiser; without values where it is of another matrix. */
  readonly limit: ChartSeries;
  readonly view: StepView;
}

const gradients = { FULL_BATCH: 'full batch', MINI_BATCH: 'mini-batch' } as const;

export const Outliers = memo(function Outliers(props: OutliersProps) {
  const { run, curvature, spectra, trajectory, curves, limit, view } = props;
  const { step } = trajectory;
  const query = standaloneQuery(RunTrajectoryDocument, { id: run.id, ...curvature });
  const caption = (what: string): string | undefined => captionOfCurves(what, run.name, [...spectra.values()]);
  const curve = (label: string, style: number, y: readonly (number | null)[]): ChartSeries => ({
    id: label,
    label,
    style,
    x: step,
    y,
  });
  const outliers = useMemo(() => [...curves.outliers, limit], [curves, limit]);
  const ratio = [curve('λ₁ / λK', 0, trajectory.ratio)];
  const overlap = trajectory.overlap.map(({ gradient, k, fraction }, number) =>
    curve(`${gradients[gradient]}, K = ${String(k)}`, number, fraction),
  );
  const negative = [curves.negativeMass];
  const { drops = [], onPickDrop } = view;
  return (
    <>
      <StepFigure
        title="Outliers"
        reading="The largest eigenvalues with their residual bounds, and the stability limit of the optimiser."
        help={['lambda1', 'lambdaK', 'stability', 'phases', 'schedule', 'marks']}
        series={outliers}
        y={logScaleFor(outliers)}
        yTitle="eigenvalue λ"
        view={view}
        phases={curves.phases}
        query={curves.query}
        caption={caption('Largest eigenvalues')}
        height={280}
        {...(drops.length > 0 && onPickDrop
          ? { controls: <RateDrops drops={drops} lambda1={curves.outliers[0]} onPick={onPickDrop} /> }
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
        caption={caption('Ratio λ₁ / λK')}
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
        caption={caption('Share of ‖g‖² in the span of the K leading eigenvectors')}
        formatY={formatShare}
      />
      <StepFigure
        title="Negative mass"
        reading={'Share of eigenvalues below 0, with 95\u00a0% confidence over the probes.'}
        help={['negativeMass', 'phases']}
        series={negative}
        y={linearScaleFor(negative, [0])}
        yTitle="share of eigenvalues"
        view={view}
        phases={curves.phases}
        query={curves.query}
        caption={caption('Share of the eigenvalues below 0')}
        formatY={formatShare}
      />
    </>
  );
});
