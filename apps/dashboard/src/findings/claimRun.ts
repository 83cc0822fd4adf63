/** Converts a stored run to the input of the claims' rules. */
import { describeSchedule, type ClaimRun, type ClaimSpectrum } from '@ritz/charts';
import type { FindingDataFragment } from '@ritz/client';

const batchNormWords = { NONE: 'none', MINIBATCH: 'minibatch', POPULATION: 'population' } as const;

/** Null numbers of the API become undefined. */
const number = (value: number | null | undefined): number => value ?? Number.NaN;

function spectraOf({ trajectory }: FindingDataFragment): ClaimSpectrum[] {
  const { lambdaMax, lambdaMin, ratio, nearZero, low, high } = trajectory;
  const full = trajectory.overlap.filter(({ gradient }) => gradient === 'FULL_BATCH');
  return trajectory.step.map((step, index) => ({
    step,
    lambdaMax: number(lambdaMax[index]),
    lambdaMin: number(lambdaMin[index]),
    ratio: ratio[index] ?? null,
    nearZero: number(nearZero[index]),
    spread: number(high[index]) - number(low[index]),
    overlap: full.flatMap(({ k, fraction }) => {
      const share = fraction[index] ?? null;
      return share === null ? [] : [{ k, fraction: share }];
    }),
  }));
}

/** Null for a run that no claim covers: no spectra, no classes, or batch norm with running averages. */
export function claimRun(run: FindingDataFragment): ClaimRun | null {
  const { batchNorm, classes, history } = run;
  const spectra = spectraOf(run);
  if (batchNorm === 'RUNNING' || classes === null || spectra.length === 0) return null;
  return {
    setting: run.name,
    family: [run.architecture, run.dataset, describeSchedule(run.schedule)].join(', '),
    batchNorm: batchNormWords[batchNorm],
    residual: run.residual,
    seed: run.seed,
    diverged: run.status === 'FAILED',
    classes,
    drops: run.schedule.kind === 'STEP' ? (run.schedule.steps ?? []) : [],
    losses: history.step.flatMap((step, index) => {
      const trainLoss = history.trainLoss[index] ?? null;
      return trainLoss === null ? [] : [{ step, trainLoss }];
    }),
    spectra,
  };
}
