/** A stored run as the rules of the claims take it. */
import { describeSchedule, measuredSpectrum, type ClaimRun, type ClaimSpectrum } from '@ritz/charts';
import type { FindingDataFragment } from '@ritz/client';

const BATCH_NORM = { NONE: 'none', MINIBATCH: 'minibatch', POPULATION: 'population' } as const;

function spectraOf({ spectra }: FindingDataFragment): ClaimSpectrum[] {
  return spectra
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
export function claimRun(run: FindingDataFragment): ClaimRun | null {
  const { batchNorm, classes, history } = run;
  const spectra = spectraOf(run);
  if (batchNorm === 'RUNNING' || classes === null || spectra.length === 0) return null;
  return {
    setting: run.name,
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
