/** A measured spectrum as a line of the interchange format. */
import { stableUuid, type RecordLineOf } from '@ritz/records';
import type { SpectrumRecord } from '../loop/measureSpectrum.ts';
import type { SpectrumSeries } from '../loop/SpectrumSeries.ts';

/** Follows from the run, the step and the matrix, so that a spectrum is stored once however often it is sent. */
export function spectrumId(runId: string, step: number, { operator, block, preconditioner }: SpectrumSeries): string {
  // Of the whole Hessian as before there were others.
  const isPlain = operator === 'hessian' && block === 'all' && preconditioner === 'none';
  return stableUuid('ritz spectrum', runId, String(step), ...(isPlain ? [] : [operator, block, preconditioner]));
}

/** Settings pass through as they are; what was measured becomes plain lists of numbers. */
export function spectrumLine(runId: string, record: SpectrumRecord): RecordLineOf<'spectrum'> {
  const { probes, gradientOverlap, gradientEnergy, gradientNorm, top: _top, loss: _loss, ...settings } = record;
  return {
    v: 1,
    kind: 'spectrum',
    id: spectrumId(runId, record.step, record),
    runId,
    ...settings,
    probes: probes.map(({ index, seed, alpha, beta }) => ({ index, seed, alpha: [...alpha], beta: [...beta] })),
    gradientOverlap: gradientOverlap.map(({ k, fraction }) => ({ k, gradient: 'full-batch', fraction })),
    ...(gradientEnergy && {
      gradientEnergy: [
        {
          gradient: 'full-batch',
          gradientNorm,
          alpha: [...gradientEnergy.alpha],
          beta: [...gradientEnergy.beta],
        },
      ],
    }),
  };
}
