/** A stored run as the rules of the claims take it. */
import { describeSchedule, measuredSpectrum, type ClaimRun, type ClaimSpectrum } from '@ritz/charts';
import type { FindingRunQuery } from '@ritz/client';

type StoredRun = NonNullable<FindingRunQuery['run']>;

const BATCH_NORM = { NONE: 'none', MINIBATCH: 'minibatch', POPULATION: 'population' } as const;

function spectraOf({ spectra }: StoredRun): ClaimSpectrum[] {
  return spectra
    .filter(({ operator, block }) => operator === 'HESSIAN' && block === 'all')
    .map((spectrum) => ({
      step: spectrum.step.number,
      spectrum: measuredSpectrum(spectrum),
      overlap: spectrum.gradientOverlap
        .filter(({ gradient }) => gradient === 'FULL_BATCH')
        .map(({ k, fraction }) => ({ k, fraction })),
    }))
    .sort((a, b) => a.step - b.step);
}

/** Null for a run that no claim is about: no spectra, no classes, or running averages in batch normalisation. */
export function claimRun(run: StoredRun): ClaimRun | null {
  const { batchNorm, classes, history } = run;
  const spectra = spectraOf(run);
  if (batchNorm === 'RUNNING' || classes === null || spectra.length === 0) return null;
  return {
    name: run.name,
    family: [run.architecture, run.dataset, describeSchedule(run.schedule)].join(', '),
    batchNorm: BATCH_NORM[batchNorm],
    residual: run.residual,
    seed: run.seed,
    classes,
    drops: run.schedule.kind === 'STEP' ? (run.schedule.steps ?? []) : [],
    losses: history.step.flatMap((step, index) => {
      const trainLoss = history.trainLoss[index] ?? null;
      return trainLoss === null ? [] : [{ step, trainLoss }];
    }),
    spectra,
  };
}
