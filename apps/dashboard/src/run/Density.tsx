'use client';
/** The spectral density of a run at one step, with its summary numbers. */
import {
  DensityChart,
  figureTable,
  formatNumber,
  formatShare,
  type DensityCurve,
  type DensityFigure,
  type DensitySettings,
  type Domain,
  type SpectrumFacts,
} from '@ritz/charts';
import { SpectrumAtStepDocument, standaloneQuery } from '@ritz/client';
import { Figure } from '../figure/Figure.tsx';
import { NothingMeasured } from '../figure/FigureState.tsx';
import { Resolution } from '../figure/Resolution.tsx';
import { densityVariables } from '../figure/useDensityView.ts';
import type { Run, RunSpectrum } from './spectra.ts';
import { SpectrumNumbers } from './SpectrumNumbers.tsx';
import { SpectrumWarnings } from './SpectrumWarnings.tsx';

export interface DensityProps {
  readonly run: Run;
  readonly spectrum: RunSpectrum;
  readonly step: number;
  readonly curve: DensityCurve;
  /** Null if nothing lies on the axis. */
  readonly figure: DensityFigure | null;
  readonly facts: SpectrumFacts;
  readonly settings: DensitySettings;
  readonly onZoom: (domain: Domain) => void;
}

const height = 380;

export function Density({ run, spectrum, step, curve, figure, facts, settings, onZoom }: DensityProps) {
  return (
    <Figure
      title={`Spectral density at step ${formatNumber(step)}`}
      heading="h2"
      reading={
        <>
          How the eigenvalues λ of the Hessian are distributed: height is the share of eigenvalues per unit of λ. Ticks
          at the bottom are single eigenvalues apart from the bulk; the band is a 95&nbsp;% confidence interval over the
          random probes. Drag across the chart to zoom.
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
        ...densityVariables(settings, curve.lambda.length),
      })}
      table={() => figureTable('lambda', figure?.series ?? [])}
    >
      {figure ? (
        <DensityChart
          label={`Spectral density of ${run.name} at step ${String(step)}, from ${formatNumber(facts.lambdaMin)} to ${formatNumber(facts.lambdaMax)}`}
          figure={figure}
          height={height}
          onZoom={onZoom}
        />
      ) : (
        <NothingMeasured>No eigenvalues in this range. Reset the zoom or choose another λ scale.</NothingMeasured>
      )}
      <SpectrumWarnings warnings={spectrum.warnings} />
      <SpectrumNumbers facts={facts} classes={run.classes} spectrum={spectrum} />
    </Figure>
  );
}
