/** What a paper says of a figure: of what it is, how it was estimated and smoothed. */
import { counted, formatNumber, type KernelName, type QuadratureMethod } from '@ritz/charts';
import { curvatureOperatorNames, precisionNames, preconditionerNames } from '@ritz/client';
import { nameOfBlock } from './CurvatureControls.tsx';
import type { RunSpectrum } from './spectra.ts';

export interface Smoothed {
  /** In units of λ. */
  readonly sigma: number;
  readonly kernel: KernelName;
  readonly method: QuadratureMethod;
}

/** `Hessian of layer.0, preconditioned by Adam`. */
export function matrixOf({ operator, block, preconditioner }: RunSpectrum): string {
  return [
    curvatureOperatorNames[operator],
    ...(block === 'all' ? [] : [`of ${nameOfBlock(block)}`]),
    ...(preconditioner === 'NONE' ? [] : [`preconditioned by ${preconditionerNames[preconditioner]}`]),
  ].join(' ');
}

/** The distinct values of a setting: `60`, or `60 to 90` of spectra that differ. */
function each(spectra: readonly RunSpectrum[], value: (spectrum: RunSpectrum) => number): string {
  const values = [...new Set(spectra.map(value))].sort((a, b) => a - b);
  const [first, last] = [values[0] ?? 0, values.at(-1) ?? 0];
  return first === last ? formatNumber(first) : `${formatNumber(first)} to ${formatNumber(last)}`;
}

/** `stochastic Lanczos quadrature with m = 60 steps and k = 10 probes (seed 1, single precision) over 1,000 examples`. */
function measuredBy(spectra: readonly RunSpectrum[]): string {
  const precisions = [...new Set(spectra.map(({ precision }) => precisionNames[precision]))].join(', ');
  const seeds = new Set(spectra.map(({ seed }) => seed)).size > 1 ? 'seeds' : 'seed';
  return (
    `stochastic Lanczos quadrature with m = ${each(spectra, ({ lanczosSteps }) => lanczosSteps)} steps and ` +
    `k = ${each(spectra, ({ probeCount }) => probeCount)} probes (${seeds} ${each(spectra, ({ seed }) => seed)}, ${precisions}) ` +
    `over ${each(spectra, ({ dataSize }) => dataSize)} examples`
  );
}

/** Of a density at one step. */
export function captionOf(
  run: string,
  step: number,
  spectrum: RunSpectrum,
  { sigma, kernel, method }: Smoothed,
): string {
  return (
    `Spectral density of the ${matrixOf(spectrum)} of “${run}” at step ${formatNumber(step)}: ${method} ${measuredBy([spectrum])}, ` +
    `${kernel} kernel, σ = ${formatNumber(sigma, 3)}. Band: 95 % confidence interval over the probes. Ticks: single eigenvalues.`
  );
}

/** Of quantities over the steps; undefined without spectra. `of` begins the sentence, such as `Largest eigenvalues`. */
export function captionOfCurves(of: string, run: string, spectra: readonly RunSpectrum[]): string | undefined {
  const [first] = spectra;
  if (!first) return undefined;
  return `${of} of the ${matrixOf(first)} of “${run}” at ${counted(spectra.length, 'step')}: ${measuredBy(spectra)}.`;
}
