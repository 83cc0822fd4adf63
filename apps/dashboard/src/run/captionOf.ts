/** What a paper says of a density: of what, how it was estimated and smoothed. */
import { counted, formatNumber, type KernelName } from '@ritz/charts';
import { curvatureOperatorNames, precisionNames, preconditionerNames } from '@ritz/client';
import { nameOfBlock } from './CurvatureControls.tsx';
import type { RunSpectrum } from './spectra.ts';

export function captionOf(run: string, step: number, spectrum: RunSpectrum, sigma: number, kernel: KernelName): string {
  const { operator, block, preconditioner, lanczosSteps, probeCount, seed, dataSize, precision } = spectrum;
  const matrix = [
    curvatureOperatorNames[operator],
    ...(block === 'all' ? [] : [`of ${nameOfBlock(block)}`]),
    ...(preconditioner === 'NONE' ? [] : [`preconditioned by ${preconditionerNames[preconditioner]}`]),
  ].join(' ');
  return (
    `Spectral density of the ${matrix} of “${run}” at step ${formatNumber(step)}, over ${counted(dataSize, 'example')}: ` +
    `variance-reduced stochastic Lanczos quadrature with m = ${formatNumber(lanczosSteps)} steps and k = ${counted(probeCount, 'probe')} ` +
    `(seed ${formatNumber(seed)}, ${precisionNames[precision]}), ${kernel} kernel, σ = ${formatNumber(sigma, 3)}. ` +
    'Band: 95 % confidence interval over the probes. Ticks: single eigenvalues.'
  );
}
