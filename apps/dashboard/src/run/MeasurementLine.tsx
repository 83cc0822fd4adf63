/** How the spectrum above was measured and smoothed, in one line, with the warnings of the measurement beneath. */
import { formatNumber, type KernelName, type SpectrumFacts } from '@ritz/charts';
import { curvatureOperatorNames, precisionNames, preconditionerNames } from '@ritz/client';
import { Help } from '../help/Help.tsx';
import type { RunSpectrum } from './spectra.ts';
import { SpectrumWarnings } from './SpectrumWarnings.tsx';
import { nameOfBlock } from './CurvatureControls.tsx';

export interface MeasurementLineProps {
  readonly spectrum: RunSpectrum;
  readonly facts: SpectrumFacts;
  /** Width of the kernel in units of λ. */
  readonly sigma: number;
  readonly kernel: KernelName;
}

const kernelNames: Readonly<Record<KernelName, string>> = { gaussian: 'Gaussian', epanechnikov: 'Epanechnikov' };

export function MeasurementLine({ spectrum, facts, sigma, kernel }: MeasurementLineProps) {
  // The unit in which the paper and PyHessian give σ².
  const paper = sigma ** 2 / Math.max(1, facts.lambdaMax - facts.lambdaMin);
  return (
    <div className="mt-2 border-t border-line pt-2 text-[12.5px] text-muted">
      <p className="number flex flex-wrap gap-x-3 gap-y-0.5" role="note" aria-label="How this was measured">
        <span>
          {curvatureOperatorNames[spectrum.operator]}
          {spectrum.block !== 'all' && `, ${nameOfBlock(spectrum.block)}`}
          {spectrum.preconditioner !== 'NONE' && `, preconditioned by ${preconditionerNames[spectrum.preconditioner]}`}
        </span>
        <Help of="estimator">variance-reduced quadrature</Help>
        <Help of="lanczosSteps">m = {formatNumber(spectrum.lanczosSteps)}</Help>
        <Help of="probes">k = {formatNumber(spectrum.probeCount)}</Help>
        <Help of="sigma">
          {kernelNames[kernel]} σ = {formatNumber(sigma, 3)} (paper’s σ² = {formatNumber(paper, 2)})
        </Help>
        <Help of="seed">seed {formatNumber(spectrum.seed)}</Help>
        <span>{formatNumber(spectrum.dataSize)} examples</span>
        <span>
          {precisionNames[spectrum.precision]}, {spectrum.engine}
        </span>
      </p>
      <SpectrumWarnings warnings={spectrum.warnings} />
    </div>
  );
}
