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
  type DensitySettings,
  type MeasuredSpectrum,
  type SpectrumFacts,
} from '@ritz/charts';
import { useSpectra, useSpectraAhead } from '../data/useSpectra.ts';
import type { RunSpectrum } from './spectra.ts';
import { useRunDensityView } from './useRunDensityView.ts';

interface ShownSpectrum {
  readonly spectrum: RunSpectrum;
  readonly measured: MeasuredSpectrum;
  readonly step: number;
  readonly curve: DensityCurve;
  /** Null when nothing lies on the axis. */
  readonly figure: DensityFigure | null;
  readonly facts: SpectrumFacts;
  /** What is drawn behind it, with the same kernel; null: nothing. */
  readonly ghost: Ghost | null;
}

interface Ghost {
  readonly step: number;
  readonly curve: DensityCurve;
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

/** Grey, as no run is. */
const ghostStyle = 7;

/**
 * @param classes K; null if unknown
 * @param against the step that is drawn behind; null: none
 */
export function useSpectrumAtStep(
  spectra: ReadonlyMap<number, RunSpectrum>,
  step: number | null,
  style: number,
  classes: number | null,
  against: number | null,
): SpectrumAtStepState {
  const { settings, view } = useRunDensityView();
  const spectrum = step === null ? undefined : spectra.get(step);
  const other = against === null ? undefined : spectra.get(against);
  const { measured: arrived, error, retry } = useSpectra([spectrum, other].flatMap((one) => (one ? [one.id] : [])));
  useSpectraAhead(around(spectra, step));
  const measured = spectrum && arrived.get(spectrum.id);
  const behind = other && arrived.get(other.id);
  const shown = useMemo(() => {
    if (!spectrum || !measured || step === null) return null;
    const curve = densityCurve({ id: 'density', label: `step ${formatNumber(step)}`, style, measured }, settings);
    const ghost = behind && against !== null ? ghostOf(behind, against, classes, curve.sigma, settings) : null;
    const figure = densityFigure(ghost ? [ghost.curve, curve] : [curve], view);
    return { spectrum, measured, step, curve, figure, facts: spectrumFacts(measured, classes), ghost };
  }, [spectrum, measured, behind, against, settings, view, step, style, classes]);
  return { shown, error, retry };
}

function ghostOf(
  measured: MeasuredSpectrum,
  step: number,
  classes: number | null,
  sigma: number,
  settings: DensitySettings,
): Ghost {
  const name = { id: 'ghost', label: `step ${formatNumber(step)}`, style: ghostStyle, weight: 'faint' } as const;
  const curve = densityCurve({ ...name, measured }, { ...settings, smoothing: { kind: 'absolute', sigma } });
  return { step, curve, facts: spectrumFacts(measured, classes) };
}
