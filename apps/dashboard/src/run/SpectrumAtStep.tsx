'use client';
/** The spectrum of a run at one step: controls, density and gradient energy. */
import { useMemo } from 'react';
import { densityCurve, densityFigure, formatNumber, spectrumFacts, type Domain } from '@ritz/charts';
import { DensityControls } from '../figure/DensityControls.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import { StepSlider } from '../figure/StepSlider.tsx';
import { useZoom } from '../figure/urlState.ts';
import { useDensityView } from '../figure/useDensityView.ts';
import { useSpectra, useSpectraAhead } from '../data/useSpectra.ts';
import { Density } from './Density.tsx';
import { GradientEnergy } from './GradientEnergy.tsx';
import type { Run, RunSpectrum } from './spectra.ts';

export interface SpectrumAtStepProps {
  readonly run: Run;
  readonly style: number;
  readonly spectra: ReadonlyMap<number, RunSpectrum>;
  /** Null = none measured. */
  readonly step: number | null;
  readonly onStep: (step: number) => void;
}

const height = 380;
/** Steps prefetched in each direction. */
const ahead = 4;

/** Ids of the spectra at `step` and its neighbours. */
function around(spectra: ReadonlyMap<number, RunSpectrum>, step: number | null): string[] {
  const at = [...spectra.keys()].indexOf(step ?? NaN);
  return at < 0 ? [] : [...spectra.values()].slice(Math.max(0, at - ahead), at + ahead + 1).map(({ id }) => id);
}

export function SpectrumAtStep({ run, style, spectra, step, onStep }: SpectrumAtStepProps) {
  const { settings, view } = useDensityView();
  const [, setZoom] = useZoom();
  const spectrum = step === null ? undefined : spectra.get(step);
  const { measured, error, retry } = useSpectra(spectrum ? [spectrum.id] : []);
  const steps = useMemo(() => [...spectra.keys()], [spectra]);

  useSpectraAhead(around(spectra, step));

  const current = spectrum && measured.get(spectrum.id);
  const shown = useMemo(() => {
    if (!current || step === null) return null;
    const curve = densityCurve(
      { id: 'density', label: `step ${formatNumber(step)}`, style, measured: current },
      settings,
    );
    return { curve, figure: densityFigure([curve], view), facts: spectrumFacts(current, run.classes) };
  }, [current, settings, view, step, style, run.classes]);

  if (step === null) {
    return (
      <NothingMeasured>
        {run.status === 'RUNNING' ? 'No spectra yet. The first one will appear here.' : 'This run has no spectra.'}
      </NothingMeasured>
    );
  }
  const extent: Domain = shown ? [shown.facts.lambdaMin, shown.facts.lambdaMax] : [0, 1];
  const onZoom = (domain: Domain): void => void setZoom(domain);
  return (
    <section aria-label="Spectrum at a step">
      <div className="panel mb-4 space-y-3 px-4 py-3 sm:px-5">
        <StepSlider steps={steps} step={step} onChange={onStep} />
        <DensityControls sigma={shown?.curve.sigma ?? null} extent={extent} />
      </div>
      {error && <Failed error={error} onRetry={retry} />}
      {!error && !(shown && spectrum && current) && <Waiting height={height} />}
      {shown && spectrum && current && (
        <div className="grid gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <Density run={run} spectrum={spectrum} step={step} {...shown} settings={settings} onZoom={onZoom} />
          <GradientEnergy
            id={run.id}
            spectrumId={spectrum.id}
            newest={steps.at(-1)}
            step={step}
            measured={current}
            axis={shown.figure?.x ?? null}
            onZoom={onZoom}
          />
        </div>
      )}
    </section>
  );
}
