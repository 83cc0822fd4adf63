'use client';
/** Whether the Lanczos steps were enough for this kernel: the density of m steps against that of the first m/2. */
import { useDeferredValue, useMemo } from 'react';
import { convergence, formatShare, type MeasuredSpectrum } from '@ritz/charts';
import { Help } from '../help/Help.tsx';
import type { RunDensityView } from './useRunDensityView.ts';

export interface ConvergenceCheckProps {
  readonly measured: MeasuredSpectrum;
  /** In units of λ. */
  readonly sigma: number;
  readonly settings: RunDensityView['settings'];
}

export function ConvergenceCheck(props: ConvergenceCheckProps) {
  const { kernel, method } = props.settings;
  // The density follows the slider immediately; this number is deferred.
  const measured = useDeferredValue(props.measured);
  const sigma = useDeferredValue(props.sigma);
  const found = useMemo(
    () => convergence(measured, { smoothing: { kind: 'absolute', sigma }, kernel, method }),
    [measured, sigma, kernel, method],
  );
  if (!found) return <Help of="convergence">convergence unknown: no tridiagonals were kept</Help>;
  const { steps, halfSteps, movedShare, bandShare, converged } = found;
  const probes = bandShare === null ? 'a single probe has no error' : `probes ± ${formatShare(bandShare)}`;
  return (
    <span className={converged === false ? 'text-warn' : ''} data-converged={String(converged)}>
      <Help of="convergence">
        m = {halfSteps} → {steps} moves {formatShare(movedShare)} ({probes})
        {converged === false && ': too few steps for this σ'}
      </Help>
    </span>
  );
}
