'use client';
/** The spectral density of a run at one step, with its summary numbers and how it was measured. */
import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  DensityChart,
  densitySeries,
  figureTable,
  formatNumber,
  formatShare,
  outlierTicks,
  type Cursor,
  type DensityCurve,
  type DensityFigure,
  type Domain,
  type MeasuredSpectrum,
  type SpectrumFacts,
} from '@ritz/charts';
import { RitzVectorsDocument, SpectrumAtStepDocument, standaloneQuery } from '@ritz/client';
import { ownQuery } from '../data/useApi.ts';
import { AxisControls } from '../figure/AxisControls.tsx';
import { Figure } from '../figure/Figure.tsx';
import { NothingMeasured } from '../figure/FigureState.tsx';
import { Resolution } from '../figure/Resolution.tsx';
import { densityVariables } from '../figure/useDensityView.ts';
import { AgainstLine } from './AgainstLine.tsx';
import { captionOf } from './captionOf.ts';
import { MeasurementLine } from './MeasurementLine.tsx';
import type { Run, RunSpectrum } from './spectra.ts';
import { RitzVectors } from './RitzVectors.tsx';
import { SpectrumNumbers } from './SpectrumNumbers.tsx';
import type { RunDensityView } from './useRunDensityView.ts';

export interface DensityProps {
  readonly run: Run;
  readonly spectrum: RunSpectrum;
  readonly step: number;
  readonly curve: DensityCurve;
  /** Null if nothing lies on the axis. */
  readonly figure: DensityFigure | null;
  readonly facts: SpectrumFacts;
  readonly measured: MeasuredSpectrum;
  /** What is drawn behind it; null: nothing. */
  readonly ghost: { readonly step: number; readonly curve: DensityCurve; readonly facts: SpectrumFacts } | null;
  readonly onClearGhost: () => void;
  readonly settings: RunDensityView['settings'];
  readonly extent: Domain;
  /** Over λ. */
  readonly cursor: Cursor;
  readonly onZoom: (domain: Domain) => void;
}

const figureHeight = 360;
const noVectors: readonly never[] = [];

const methodConstants = { 'variance-reduced': 'VARIANCE_REDUCED', plain: 'PLAIN' } as const;

export function Density(props: DensityProps) {
  const { run, spectrum, measured, step, curve, figure, facts, ghost, settings, extent, cursor, onZoom } = props;
  const { operator, block, preconditioner } = spectrum;
  const { data: recorded } = useQuery(ownQuery(RitzVectorsDocument, { spectrum: spectrum.id }, spectrum.id));
  const vectors = recorded?.spectrum?.ritzVectors ?? noVectors;
  const ticks = useMemo(() => outlierTicks(measured, vectors), [measured, vectors]);
  return (
    <Figure
      title={`Spectral density at step ${formatNumber(step)}`}
      heading="h2"
      caption={captionOf(run.name, step, spectrum, { sigma: curve.sigma, ...settings })}
      help={['density', 'rug', 'sigma', 'estimator']}
      reading={
        <>
          Share of the eigenvalues per unit of λ, with its 95&nbsp;% confidence band; drag across it to zoom.
          <Resolution curve={curve} />
          {figure && figure.hiddenShare > 0 && (
            <>
              {' '}
              The logarithmic λ axis starts at {formatNumber(figure.x.domain[0], 2)}: {formatShare(figure.hiddenShare)}{' '}
              of the eigenvalues lie below this range and are not shown.
            </>
          )}
        </>
      }
      query={standaloneQuery(SpectrumAtStepDocument, {
        id: run.id,
        step,
        operator,
        block,
        preconditioner,
        ...densityVariables(settings, curve.lambda.length),
        method: methodConstants[settings.method],
      })}
      table={() => figureTable('lambda', [curve, ...(ghost ? [ghost.curve] : [])].map(densitySeries))}
      controls={<AxisControls extent={extent} />}
    >
      {ghost && <AgainstLine shown={{ step, curve, facts }} ghost={ghost} onClear={props.onClearGhost} />}
      {figure ? (
        <DensityChart
          label={`Spectral density of ${run.name} at step ${String(step)}, from ${formatNumber(facts.lambdaMin)} to ${formatNumber(facts.lambdaMax)}`}
          figure={figure}
          height={figureHeight}
          ticks={ticks}
          cursor={cursor}
          onZoom={onZoom}
        />
      ) : (
        <NothingMeasured>No eigenvalues in this range. Reset the zoom or choose another λ scale.</NothingMeasured>
      )}
      <SpectrumNumbers facts={facts} classes={run.classes} />
      <RitzVectors vectors={vectors} />
      <MeasurementLine spectrum={spectrum} measured={measured} facts={facts} curve={curve} settings={settings} />
    </Figure>
  );
}
