'use client';
/** Smoothing, axes and estimator of the densities of a run page: as of all densities, and with the estimator that was chosen. */
import { useMemo } from 'react';
import type { DensitySettings, QuadratureMethod } from '@ritz/charts';
import { useEstimator } from '../figure/urlState.ts';
import { useDensityView, type SharedDensityView } from '../figure/useDensityView.ts';

export interface RunDensityView extends SharedDensityView {
  readonly settings: DensitySettings & { readonly method: QuadratureMethod };
}

/** Referentially stable until a value changes. */
export function useRunDensityView(): RunDensityView {
  const { settings, view } = useDensityView();
  const [method] = useEstimator();
  return useMemo(() => ({ settings: { ...settings, method }, view }), [settings, method, view]);
}
