'use client';
/** The spectrum of a run at one step, ready to draw. */
import { useMemo } from 'react';
import {
  densityCurve,
  densityFigure,
  formatNumber,
  spectrumFacts,
  type DensityCurve,
  type DensityFigure,
  type MeasuredSpectrum,
  type SpectrumFacts,
} from '@ritz/charts';
import { useSpectra, useSpectraAhead } from '../data/useSpectra.ts';
import { useDensityView } from '../figure/useDensityView.ts';
import type { RunSpectrum } from './spectra.ts';

interface ShownSpectrum {
  readonly spectrum: RunSpectrum;
  readonly measured: MeasuredSpectrum;
  readonly step: number;
  readonly curve: DensityCurve;
  /** Null when nothing lies on the axis. */
  readonly figure: DensityFigure | null;
  readonly facts: SpectrumFacts;
}

export interface SpectrumAtStepState {
  /** Null until it has arrived. */
  readonly shown: ShownSpectrum | null;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Steps prefetched in each direction. */
const ahead = 4;

/** Ids of the spectra at `step` and its neighbours. */
function around(spectra: ReadonlyMap<number, RunSpectrum>, step: number | null): string[] {
  const at = [...spectra.keys()].indexOf(step ?? NaN);
  return at < 0 ? [] : [...spectra.values()].slice(Math.max(0, at - ahead), at + ahead + 1).map(({ id }) => id);
}

/** @param classes K; null if unknown */
export function useSpectrumAtStep(
  spectra: ReadonlyMap<number, RunSpectrum>,
  step: number | null,
  style: number,
  classes: number | null,
): SpectrumAtStepState {
  const { settings, view } = useDensityView();
  const spectrum = step === null ? undefined : spectra.get(step);
  const { measured: arrived, error, retry } = useSpectra(spectrum ? [spectrum.id] : []);
  useSpectraAhead(around(spectra, step));
  const measured = spectrum && arrived.get(spectrum.id);
  const shown = useMemo(() => {
    if (!spectrum || !measured || step === null) return null;
    const curve = densityCurve({ id: 'density', label: `step ${formatNumber(step)}`, style, measured }, settings);
    const figure = densityFigure([curve], view);
    return { spectrum, measured, step, curve, figure, facts: spectrumFacts(measured, classes) };
  }, [spectrum, measured, settings, view, step, style, classes]);
  return { shown, error, retry };
}
