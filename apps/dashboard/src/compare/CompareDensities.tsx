'use client';
/** The densities of the runs overlaid, with one kernel on one grid. */
import { useMemo } from 'react';
import {
  DensityChart,
  densityFigure,
  densitySeries,
  figureTable,
  formatNumber,
  formatShare,
  Legend,
  type DensityCurve,
  type DensitySettings,
  type DensityView,
  type Domain,
} from '@ritz/charts';
import { Figure } from '../figure/Figure.tsx';
import { NothingMeasured } from '../figure/FigureState.tsx';
import { Resolution } from '../figure/Resolution.tsx';
import { drawnCurves, type Drawing } from './drawings.ts';
import { Elsewhere } from './Elsewhere.tsx';
import type { MeasuredRun } from './NamedRun.ts';
import { comparisonQuery, type ComparisonTarget } from './target.ts';

export interface CompareDensitiesProps {
  readonly target: ComparisonTarget;
  readonly runs: readonly MeasuredRun[];
  /** Of the runs. */
  readonly curves: readonly DensityCurve[];
  readonly drawing: Drawing;
  readonly view: DensityView;
  readonly settings: DensitySettings;
  readonly onZoom: (domain: Domain) => void;
}

const height = 400;

export function CompareDensities(props: CompareDensitiesProps) {
  const { target, runs, curves, drawing, view, settings, onZoom } = props;
  const drawn = useMemo(() => drawnCurves(curves, runs, drawing), [curves, runs, drawing]);
  const figure = useMemo(() => densityFigure(drawn, view), [drawn, view]);
  return (
    <Figure
      title={`Spectral densities at ${target.name}`}
      heading="h2"
      help={['density', 'rug', 'sigma', 'estimator']}
      reading={
        <>
          Smoothed with σ = {formatNumber(curves[0]?.sigma, 3)}
          {drawing === 'range' ? '; mean of each colour, with the range of its runs as a band.' : '.'}
          <Elsewhere runs={runs} target={target} />
          <Resolution curve={curves[0]} />
          {figure && figure.hiddenShare > 0 && (
            <>
              {' '}
              The logarithmic λ axis starts at {formatNumber(figure.x.domain[0], 2)}: up to{' '}
              {formatShare(figure.hiddenShare)} of a run’s eigenvalues lie below this range and are not shown.
            </>
          )}
        </>
      }
      query={comparisonQuery(target, settings, curves[0]?.lambda.length)}
      table={() => figureTable('lambda', drawn.map(densitySeries))}
    >
      {figure ? (
        <>
          <Legend series={drawn} saved />
          <DensityChart
            label={`Spectral densities of ${drawn.map(({ label }) => label).join(', ')} at ${target.name}`}
            figure={figure}
            height={height}
            onZoom={onZoom}
          />
        </>
      ) : (
        <NothingMeasured>No eigenvalues in this range. Reset the zoom or choose another λ scale.</NothingMeasured>
      )}
    </Figure>
  );
}
