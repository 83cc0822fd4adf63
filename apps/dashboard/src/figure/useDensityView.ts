'use client';
/** Smoothing and axes of densities: one URL state for all figures of a page. */
import { useMemo } from 'react';
import type { DensitySettings, DensityView } from '@ritz/charts';
import type { GridInput, KernelName, SmoothingInput } from '@ritz/client';
import { useDensityAxis, useKernel, useLambdaAxis, useSigma, useZoom } from './urlState.ts';

export interface SharedDensityView {
  readonly settings: DensitySettings;
  readonly view: DensityView;
}

/** Referentially stable until a value changes. */
export function useDensityView(): SharedDensityView {
  const [sigma] = useSigma();
  const [kernel] = useKernel();
  const [lambda] = useLambdaAxis();
  const [density] = useDensityAxis();
  const [zoom] = useZoom();
  return useMemo(
    () => ({
      settings: { smoothing: sigma === null ? { kind: 'auto' } : { kind: 'absolute', sigma }, kernel, zoom },
      view: { lambda, density, zoom },
    }),
    [sigma, kernel, lambda, density, zoom],
  );
}

const kernelConstants: Readonly<Record<DensitySettings['kernel'], KernelName>> = {
  gaussian: 'GAUSSIAN',
  epanechnikov: 'EPANECHNIKOV',
};

export interface DensityVariables {
  readonly smoothing: SmoothingInput;
  readonly kernel: KernelName;
  readonly grid: GridInput;
}

/** The same settings in the form the API takes. */
export function densityVariables({ smoothing, kernel, zoom }: DensitySettings, points: number): DensityVariables {
  return {
    smoothing: smoothing.kind === 'absolute' ? { kind: 'ABSOLUTE', sigma: smoothing.sigma } : { kind: 'AUTO' },
    kernel: kernelConstants[kernel],
    grid: { points, ...(zoom ? { min: zoom[0], max: zoom[1] } : {}) },
  };
}
