'use client';
/** The spectral density of a run at one measured step, with its controls and the numbers of that spectrum. */
import { useEffect, useMemo } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { DensityChart, densityCurve, densityFigure, figureTable, formatNumber, spectrumFacts } from '@ritz/charts';
import { SpectrumAtStepDocument, standaloneQuery } from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { Figure } from '../figure/Figure.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import { SigmaSlider } from '../figure/SigmaSlider.tsx';
import { StepSlider } from '../figure/StepSlider.tsx';
import { useLambdaAxis, useSigma } from '../figure/urlState.ts';
import { spectrumQuery, useSpectra } from '../query/useSpectra.ts';
import type { Run, RunSpectrum } from './spectra.ts';
import { SpectrumNumbers } from './SpectrumNumbers.tsx';

export interface SpectrumAtStepProps {
  readonly run: Run;
  readonly spectra: ReadonlyMap<number, RunSpectrum>;
  /** Null = none measured. */
  readonly step: number | null;
  readonly onStep: (step: number) => void;
}

const HEIGHT = 380;
const QUERY_POINTS = 1024;

export function SpectrumAtStep({ run, spectra, step, onStep }: SpectrumAtStepProps) {
  const [sigma, setSigma] = useSigma();
  const [axis, setAxis] = useLambdaAxis();
  const spectrum = step === null ? undefined : spectra.get(step);
  const { measured, error, retry } = useSpectra(spectrum ? [spectrum.id] : []);
  const steps = useMemo(() => [...spectra.keys()], [spectra]);

  // The neighbours come along, so that moving the slider waits for nothing.
  const queries = useQueryClient();
  useEffect(() => {
    for (const { id } of spectra.values()) {
      void queries.prefetchQuery(spectrumQuery(id));
    }
  }, [queries, spectra]);

  const current = spectrum && measured.get(spectrum.id);
  const shown = useMemo(() => {
    if (!current || step === null) return null;
    const smoothing = sigma === null ? ({ kind: 'auto' } as const) : ({ kind: 'absolute', sigma } as const);
    const curve = densityCurve(current, smoothing, { id: 'density', label: `step ${formatNumber(step)}`, style: 0 });
    return { curve, figure: densityFigure([curve], axis), facts: spectrumFacts(current, run.classes) };
  }, [current, sigma, axis, step, run.classes]);

  if (step === null) {
    return (
      <NothingMeasured>
        {run.status === 'RUNNING'
          ? 'No spectrum is measured yet: the first will appear here.'
          : 'No spectrum was measured along this run.'}
      </NothingMeasured>
    );
  }
  const query = standaloneQuery(SpectrumAtStepDocument, {
    id: run.id,
    step,
    smoothing: sigma === null ? { kind: 'AUTO' } : { kind: 'ABSOLUTE', sigma },
    points: QUERY_POINTS,
  });
  return (
    <Figure
      title={`Spectral density at step ${formatNumber(step)}`}
      heading="h2"
      reading="How the eigenvalues λ of the Hessian are spread: height is the share of eigenvalues per unit of λ, log scale. Ticks below the floor are single eigenvalues apart from the bulk; the band is one standard error over the random probes."
      query={query}
      table={() => figureTable('lambda', shown?.figure?.series ?? [])}
      controls={
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <StepSlider steps={steps} step={step} onChange={onStep} />
          {shown && (
            <SigmaSlider
              sigma={shown.curve.sigma}
              chosen={sigma}
              range={shown.facts.lambdaMax - shown.facts.lambdaMin}
              onChange={(next) => void setSigma(next)}
            />
          )}
          <Choice
            label="λ axis"
            value={axis}
            options={[
              { value: 'symlog', label: 'symlog' },
              { value: 'linear', label: 'linear' },
            ]}
            onChange={(next) => void setAxis(next)}
          />
        </div>
      }
    >
      {error && <Failed error={error} onRetry={retry} />}
      {!error && !shown?.figure && <Waiting height={HEIGHT} />}
      {shown?.figure && spectrum && (
        <div className="grid gap-4 xl:grid-cols-[minmax(0,1fr)_250px]">
          <DensityChart
            label={`Spectral density of ${run.name} at step ${String(step)}, from ${formatNumber(shown.facts.lambdaMin)} to ${formatNumber(shown.facts.lambdaMax)}`}
            figure={shown.figure}
            height={HEIGHT}
          />
          <SpectrumNumbers facts={shown.facts} classes={run.classes} spectrum={spectrum} />
        </div>
      )}
    </Figure>
  );
}
