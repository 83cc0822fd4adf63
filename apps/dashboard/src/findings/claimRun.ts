/** Converts a stored run to the input of the claims' rules. */
import {
  claimIds,
  describeSchedule,
  familyOf,
  resolvedTop,
  rootMeanSquare,
  type ClaimRun,
  type ClaimSpectrum,
} from '@ritz/charts';
import type { FindingDataFragment } from '@ritz/client';

const batchNormWords = { NONE: 'none', MINIBATCH: 'minibatch', POPULATION: 'population' } as const;
const gradientWords = { FULL_BATCH: 'full-batch', MINI_BATCH: 'mini-batch' } as const;

/** Null numbers of the API become undefined. */
const number = (value: number | null | undefined): number => value ?? Number.NaN;

function spectraOf({ trajectory }: FindingDataFragment, parameters: number): ClaimSpectrum[] {
  const { lambdaK, lambdaKResidual, ratio, topSum } = trajectory;
  return trajectory.step.map((step, index) => ({
    step,
    examples: trajectory.dataSize[index] ?? null,
    lambdaMax: number(trajectory.lambdaMax[index]),
    lambdaMin: number(trajectory.lambdaMin[index]),
    ...resolvedTop({
      lambdaK: lambdaK[index] ?? null,
      lambdaKResidual: lambdaKResidual[index] ?? null,
      ratio: ratio[index] ?? null,
      topSum: topSum[index] ?? null,
    }),
    outlierCount: trajectory.outlierCount[index] ?? null,
    nearZero: number(trajectory.nearZero[index]),
    rootMeanSquare: rootMeanSquare(number(trajectory.frobeniusNorm[index]), parameters),
    meanMagnitude: number(trajectory.meanMagnitude[index]),
    overlap: trajectory.overlap.flatMap(({ k, gradient, fraction }) => {
      const share = fraction[index] ?? null;
      return share === null ? [] : [{ k, gradient: gradientWords[gradient], fraction: share }];
    }),
  }));
}

/** Runs that were trained for some claims say so by their tags. */
function claimsOf(tags: readonly string[]): ClaimRun['claims'] {
  const named = claimIds.filter((id) => tags.includes(id));
  return named.length === 0 ? null : named;
}

/** Null for a run that no claim covers: no classes, or batch norm with running averages. */
export function claimRun(run: FindingDataFragment): ClaimRun | null {
  const { batchNorm, classes, history, schedule } = run;
  const parameters = number(run.parameterCount);
  const spectra = spectraOf(run, parameters);
  if (batchNorm === 'RUNNING' || classes === null) return null;
  return {
    setting: run.name,
    claims: claimsOf(run.tags),
    family: familyOf({ architecture: run.architecture, dataset: run.dataset, settings: run.config }),
    schedule: describeSchedule(schedule),
    initialRate: schedule.initial,
    isRateConstant: schedule.kind === 'CONSTANT',
    batchNorm: batchNormWords[batchNorm],
    residual: run.residual,
    seed: run.seed,
    diverged: run.status === 'FAILED',
    classes,
    parameters,
    drops: schedule.kind === 'STEP' ? (schedule.steps ?? []) : [],
    losses: history.step.flatMap((step, index) => {
      const trainLoss = history.trainLoss[index] ?? null;
      return trainLoss === null ? [] : [{ step, trainLoss }];
    }),
    spectra,
  };
}
