/** The spectra drawn on the run page: those of the whole Hessian, one per step. */
import type { RunQuery } from '@ritz/client';

export type Run = NonNullable<RunQuery['run']>;
export type RunSpectrum = Run['spectra'][number];

/** By step, ascending. */
export function hessianSpectra(run: Run): ReadonlyMap<number, RunSpectrum> {
  const whole = run.spectra.filter(({ operator, block }) => operator === 'HESSIAN' && block === 'all');
  return new Map(
    whole.sort((a, b) => a.step.number - b.step.number).map((spectrum) => [spectrum.step.number, spectrum]),
  );
}
