/** A measured spectrum as a line of the interchange format. */
import { stableUuid, type NewRitzVector, type RecordLineOf, type RitzVectorValues } from '@ritz/records';
import type { SpectrumRecord } from '../loop/measureSpectrum.ts';
import type { GradientShare } from '@ritz/spectra';
import type { SpectrumSeries } from '../loop/SpectrumSeries.ts';

/** Follows from the run, the step and the matrix, so that a spectrum is stored once however often it is sent. */
export function spectrumId(runId: string, step: number, { operator, block, preconditioner }: SpectrumSeries): string {
  // Of the whole Hessian as before there were others.
  const isPlain = operator === 'hessian' && block === 'all' && preconditioner === 'none';
  return stableUuid('ritz spectrum', runId, String(step), ...(isPlain ? [] : [operator, block, preconditioner]));
}

/** Of the job that measures all blocks of a matrix. */
export function blocksJobId(runId: string, step: number, { operator }: Pick<SpectrumSeries, 'operator'>): string {
  return stableUuid('ritz blocks', runId, String(step), operator);
}

/** Settings pass through as they are; what was measured becomes plain lists of numbers. */
export function spectrumLine(runId: string, record: SpectrumRecord): RecordLineOf<'spectrum'> {
  const { probes, gradientOverlap, gradientEnergy, gradientNorm, top: _top, loss: _loss, ...others } = record;
  const { ritzVectors = [], spaceOverlaps = [], ...settings } = others;
  return {
    v: 1,
    kind: 'spectrum',
    id: spectrumId(runId, record.step, record),
    runId,
    ...settings,
    probes: probes.map(({ index, seed, alpha, beta }) => ({ index, seed, alpha: [...alpha], beta: [...beta] })),
    gradientOverlap: gradientOverlap.flatMap(({ k, fraction }) => [
      { k, gradient: 'full-batch' as const, fraction },
      ...miniBatchOverlap(k, ritzVectors),
    ]),
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
    ...(ritzVectors.length > 0 && { ritzVectors: ritzVectors.map(known) }),
    ...(spaceOverlaps.length > 0 && { spaceOverlaps }),
  };
}

/** ‖P_k g‖² / ‖g‖² of the gradient of a mini-batch, where the share in each of the k leading vectors is known: they are orthonormal. */
function miniBatchOverlap(k: number, vectors: readonly RitzVectorValues[]): GradientShare[] {
  const leading = vectors.filter(({ index }) => index < k);
  const shares = leading.flatMap(({ miniBatchOverlap: share }) => share ?? []);
  if (shares.length < k) return [];
  return [
    {
      k,
      gradient: 'mini-batch',
      fraction: Math.min(
        1,
        shares.reduce((sum, share) => sum + share, 0),
      ),
    },
  ];
}

/** Without what was not measured. */
function known(vector: RitzVectorValues): NewRitzVector {
  return Object.fromEntries(Object.entries(vector).filter(([, value]) => value !== null)) as NewRitzVector;
}
