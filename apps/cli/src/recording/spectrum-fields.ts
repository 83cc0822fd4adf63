/** A measured spectrum as the API and the interchange format take it. */
import type { SpectrumRecord } from '@ritz/training';
import { batchNormNames } from './batch-norm-names.ts';
import { stableUuid } from './stable-uuid.ts';

/** Its id follows from the run and the step, so that it is stored once however often it is sent. */
export function spectrumFields(runId: string, record: SpectrumRecord) {
  const { gradientEnergy, gradientNorm } = record;
  return {
    id: stableUuid('ritz spectrum', runId, String(record.step)),
    runId,
    step: record.step,
    operator: record.operator === 'ggn' ? 'GGN' : 'HESSIAN',
    parameterCount: record.parameterCount,
    lanczosSteps: record.lanczosSteps,
    probeLaw: record.probeLaw === 'sphere' ? 'SPHERE' : 'RADEMACHER',
    seed: record.seed,
    reorthogonalisation: 'FULL',
    precision: record.precision === 'float64' ? 'FLOAT64' : 'FLOAT32',
    dataSize: record.dataSize,
    dataFingerprint: record.dataFingerprint,
    lossReduction: 'MEAN',
    weightDecayIncluded: record.weightDecayIncluded,
    batchNorm: batchNormNames[record.batchNorm],
    hvpCount: record.hvpCount,
    seconds: record.seconds,
    engine: record.engine,
    probes: record.probes.map(({ index, seed, alpha, beta }) => ({ index, seed, alpha: [...alpha], beta: [...beta] })),
    gradientOverlap: record.gradientOverlap.map(({ k, fraction }) => ({
      k,
      fraction,
      gradient: 'FULL_BATCH' as const,
    })),
    ...(gradientEnergy && {
      gradientEnergy: [
        {
          gradient: 'FULL_BATCH' as const,
          gradientNorm,
          alpha: [...gradientEnergy.alpha],
          beta: [...gradientEnergy.beta],
        },
      ],
    }),
  } as const;
}

/** A line of the interchange format. */
export function spectrumRecord(runId: string, record: SpectrumRecord) {
  return { v: 1, kind: 'spectrum', ...spectrumFields(runId, record) } as const;
}
