'use client';
/** How the spectrum above was measured and smoothed, whether that was enough, and the warnings of the measurement. */
import {
  formatNumber,
  type DensityCurve,
  type KernelName,
  type MeasuredSpectrum,
  type SpectrumFacts,
} from '@ritz/charts';
import { Choice } from '../figure/Choice.tsx';
import { useEstimator } from '../figure/urlState.ts';
import { Help } from '../help/Help.tsx';
import { precisionNames } from '@ritz/client';
import { matrixOf } from './captionOf.ts';
import { ConvergenceCheck } from './ConvergenceCheck.tsx';
import type { RunSpectrum } from './spectra.ts';
import { SpectrumWarnings } from './SpectrumWarnings.tsx';
import type { RunDensityView } from './useRunDensityView.ts';

export interface MeasurementLineProps {
  readonly spectrum: RunSpectrum;
  readonly measured: MeasuredSpectrum;
  readonly facts: SpectrumFacts;
  readonly curve: DensityCurve;
  readonly settings: RunDensityView['settings'];
}

const kernelNames: Readonly<Record<KernelName, string>> = { gaussian: 'Gaussian', epanechnikov: 'Epanechnikov' };

const estimators = [
  { value: 'variance-reduced', label: 'variance-reduced', title: 'Every resolved eigenvalue has its exact weight 1/n' },
  {
    value: 'plain',
    label: 'plain',
    title: 'The paper’s estimator: every Ritz value has the weight its probe gives it',
  },
] as const;

export function MeasurementLine({ spectrum, measured, facts, curve, settings }: MeasurementLineProps) {
  const [method, setMethod] = useEstimator();
  const { sigma, lambda } = curve;
  // The unit in which the paper and PyHessian give σ².
  const paper = sigma ** 2 / Math.max(1, facts.lambdaMax - facts.lambdaMin);
  const spacing = (lambda[1] ?? 0) - (lambda[0] ?? 0);
  return (
    <div className="mt-2 border-t border-line pt-2 text-[12.5px] text-muted">
      <div
        className="number flex flex-wrap items-center gap-x-3 gap-y-1"
        role="note"
        aria-label="How this was measured"
      >
        <span className="first-letter:uppercase">{matrixOf(spectrum)}</span>
        <Help of="lanczosSteps">m = {formatNumber(spectrum.lanczosSteps)}</Help>
        <Help of="probes">k = {formatNumber(spectrum.probeCount)}</Help>
        <Help of="sigma">
          {kernelNames[settings.kernel]} σ = {formatNumber(sigma, 3)} (paper’s σ² = {formatNumber(paper, 2)})
        </Help>
        <Help of="grid">
          grid {formatNumber(lambda.length)} × {formatNumber(spacing, 2)}
        </Help>
        <Help of="seed">seed {formatNumber(spectrum.seed)}</Help>
        <span>{formatNumber(spectrum.dataSize)} examples</span>
        <span>
          {precisionNames[spectrum.precision]}, {spectrum.computedBy.name}
        </span>
        <ConvergenceCheck measured={measured} sigma={sigma} settings={settings} />
      </div>
      <div className="mt-1.5 flex flex-wrap items-center gap-2">
        <Choice label="Estimator" value={method} options={estimators} onChange={(next) => void setMethod(next)} />
        <Help of="estimator">What is the difference?</Help>
      </div>
      <SpectrumWarnings warnings={spectrum.warnings} />
    </div>
  );
}
