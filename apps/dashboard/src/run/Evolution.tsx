'use client';
/** Evolution of the density over the steps, as a heat map with λ₁, λmin and the stability limit, or as a ridgeline. */
import { memo, useDeferredValue, useMemo } from 'react';
import {
  evolution,
  evolutionTable,
  formatNumber,
  HeatMap,
  ridgeline,
  RidgelineChart,
  spreadSteps,
  stepAxisScale,
  type ChartSeries,
  type Evolution as EvolutionFigure,
  type HeatLine,
} from '@ritz/charts';
import { RunSpectraDocument, standaloneQuery } from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { Figure } from '../figure/Figure.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import { Later } from '../figure/Later.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import { useEvolutionKind } from '../figure/urlState.ts';

import { useSpectraTogether } from '../data/useSpectraTogether.ts';
import { captionOfCurves } from './captionOf.ts';
import type { Curvature, RunSpectrum } from './spectra.ts';
import type { History } from './Training.tsx';
import type { Trajectory } from './useRunCurves.ts';
import { useRunDensityView } from './useRunDensityView.ts';

export interface EvolutionProps {
  readonly id: string;
  /** Of the run. */
  readonly name: string;
  readonly curvature: Curvature;
  readonly spectra: ReadonlyMap<number, RunSpectrum>;
  readonly trajectory: Trajectory;
  readonly history: History;
  /** Of the optimiser; without values where it is of another matrix. */
  readonly limit: ChartSeries;
  readonly view: StepView;
}

const figureHeight = 420;
/** Columns drawn at most: about one per three pixels. */
const mostSteps = 240;
/** Numbers fetched at most: more would keep the browser busy for seconds. */
const mostNumbers = 1_500_000;
/** The limit is on the axis while it is at most this many times the largest eigenvalue. */
const limitWithin = 4;

/** As many as fit, for the size of these spectra. */
function stepsThatFit(spectra: ReadonlyMap<number, RunSpectrum>): number {
  const size = [...spectra.values()].reduce(
    (most, { lanczosSteps, probeCount }) => Math.max(most, 2 * lanczosSteps * probeCount),
    1,
  );
  return Math.max(2, Math.min(mostSteps, Math.floor(mostNumbers / size)));
}

/** The end of the stability limit that is worth an axis for. */
function reached(limit: ChartSeries, { lambdaMax }: Trajectory): number[] {
  const largest = lambdaMax.reduce((most, value) => Math.max(most, value), 0);
  const near = limit.y.filter((value) => value !== null && value <= limitWithin * largest) as number[];
  return near.length === 0 ? [] : [near.reduce((most, value) => Math.max(most, value), 0)];
}

function smoothingOf({ sigma, lambda }: EvolutionFigure): string {
  if (sigma === null) return lambda.kind === 'symlog' ? 'on an arsinh axis' : 'as wide a kernel everywhere';
  const [low, high] = sigma.map((value) => formatNumber(value, 3));
  return low === high ? `smoothed with σ = ${String(low)}` : `smoothed with σ = ${String(low)} to ${String(high)}`;
}

export const Evolution = memo(function Evolution(props: EvolutionProps) {
  const { id, name, curvature, spectra, trajectory, history, limit, view } = props;
  const [kind, setKind] = useEvolutionKind();
  // The density above updates immediately; this figure is deferred.
  const { settings, view: looked } = useDeferredValue(useRunDensityView());
  const { axis, lastStep } = view;
  const wanted = useMemo(() => {
    const steps = spreadSteps([...spectra.keys()], stepAxisScale(axis, lastStep), stepsThatFit(spectra));
    return new Map(
      steps.flatMap((step): [number, string][] => {
        const spectrum = spectra.get(step);
        return spectrum ? [[step, spectrum.id]] : [];
      }),
    );
  }, [spectra, axis, lastStep]);
  const { spectra: drawn, error, retry } = useSpectraTogether(id, curvature, wanted);
  const figure = useMemo(
    () => drawn && evolution(drawn, settings, looked.lambda, reached(limit, trajectory)),
    [drawn, settings, looked.lambda, limit, trajectory],
  );
  const lines = useMemo(
    (): readonly HeatLine[] => [
      { label: 'λ₁', x: trajectory.step, y: trajectory.lambdaMax },
      { label: 'λmin', x: trajectory.step, y: trajectory.lambdaMin },
      { label: 'limit', x: limit.x, y: limit.y, dashed: true, staircase: true },
    ],
    [trajectory, limit],
  );
  const rate = useMemo(
    (): ChartSeries => ({ id: 'η', label: 'η', style: 7, x: history.step, y: history.learningRate, staircase: true }),
    [history],
  );
  const ridges = useMemo(() => figure && kind === 'ridges' && ridgeline(figure, formatNumber), [figure, kind]);
  const label = `Evolution of the density over ${formatNumber(wanted.size)} measured steps`;
  return (
    <Figure
      title="Evolution of the density"
      help={['evolution', 'stability', 'lambdaMin', 'marks']}
      reading={
        <>
          {kind === 'heat'
            ? 'Colour is the share of the eigenvalues at each measured step (log scale)'
            : 'One density a measured step, log height, the first in front'}
          {figure && `, ${smoothingOf(figure)}`}.
          {wanted.size < spectra.size &&
            ` ${formatNumber(wanted.size)} of ${formatNumber(spectra.size)} measured steps are drawn, evenly spread.`}
          {ridges && ridges.leftOut > 0 && ` ${formatNumber(ridges.leftOut)} steps are omitted.`}
        </>
      }
      caption={captionOfCurves(
        'Evolution of the spectral density',
        name,
        [...wanted.keys()].flatMap((at) => spectra.get(at) ?? []),
      )}
      query={standaloneQuery(RunSpectraDocument, { id, ...curvature, steps: [...wanted.keys()] })}
      table={() => (figure ? evolutionTable(figure) : { columns: ['lambda'], rows: [] })}
      controls={
        <Choice
          label="Show as"
          value={kind}
          options={[
            { value: 'heat', label: 'heat map' },
            { value: 'ridges', label: 'ridgeline' },
          ]}
          onChange={(next) => void setKind(next)}
        />
      }
    >
      {error && <Failed error={error} onRetry={retry} />}
      {!error && !drawn && <Waiting height={figureHeight} />}
      {drawn && !figure && (
        <NothingMeasured>No eigenvalues in this range. Reset the zoom or choose another λ scale.</NothingMeasured>
      )}
      {figure && (
        <Later height={figureHeight}>
          {ridges ? (
            <RidgelineChart label={label} figure={ridges} currentStep={view.currentStep} height={figureHeight} />
          ) : (
            <HeatMap
              label={label}
              evolution={figure}
              stepAxis={axis}
              lastStep={lastStep}
              currentStep={view.currentStep}
              onPickStep={view.onPickStep}
              lines={lines}
              rate={rate}
              cursor={view.cursor}
              height={figureHeight}
            />
          )}
        </Later>
      )}
    </Figure>
  );
});
