/** Fills a fresh database through the API: runs, their curves, their spectra. */
import { referenceLanczos } from '@ritz/testing';
import { lanczos } from './lanczos.ts';
import { post } from './post.ts';
import {
  classes,
  eigenvaluesAt,
  energyAt,
  measuresAt,
  overlapAt,
  parameters,
  plannedSteps,
  seedRuns,
  spectrumSteps,
  type SeedRun,
} from './training.ts';

const create = 'mutation($input: CreateRunInput!) { createRun(input: $input) { userErrors { message } } }';
const logMutation = 'mutation($input: LogStepsInput!) { logSteps(input: $input) { userErrors { message } } }';
const record = 'mutation($input: RecordSpectrumInput!) { recordSpectrum(input: $input) { userErrors { message } } }';
const finish = 'mutation($input: FinishRunInput!) { finishRun(input: $input) { userErrors { message } } }';

const lanczosSteps = 60;
const probeCount = 4;
/** The share of what lies in the outliers that the gradient of a mini-batch keeps there. */
const gradients = [
  { gradient: 'FULL_BATCH', share: 1 },
  { gradient: 'MINI_BATCH', share: 0.7 },
] as const;

/** Of the spectra at step 0. */
export const warning =
  'The exporter folded batch norm into the layers before it: their parameters are not the network’s own.';

async function seedSpectrum(api: string, run: SeedRun, step: number): Promise<void> {
  const eigenvalues = eigenvaluesAt(run, step);
  const probes = Array.from({ length: probeCount }, (_unused, index) => {
    const seed = run.seed * 1000 + step * 10 + index;
    return { index, seed, ...lanczos(eigenvalues, lanczosSteps, seed) };
  });
  const gradientOverlap = gradients.flatMap(({ gradient, share }) =>
    [1, classes].map((k) => ({ gradient, k, fraction: overlapAt(run, step, k) * share })),
  );
  const gradientEnergy = gradients.map(({ gradient, share }) => ({
    gradient,
    gradientNorm: 1.5,
    ...referenceLanczos(eigenvalues, { steps: lanczosSteps, start: energyAt(run, step, share).map(Math.sqrt) }),
  }));
  const id = `${run.id.slice(0, -6)}${String(step).padStart(4, '0')}${run.id.slice(-2)}`;
  await post(api, record, {
    input: {
      id,
      runId: run.id,
      step,
      parameterCount: parameters,
      lanczosSteps: lanczosSteps,
      seed: run.seed,
      precision: 'FLOAT64',
      dataSize: 1000,
      dataFingerprint: 'synthetic',
      hvpCount: lanczosSteps * probeCount,
      seconds: 0.4,
      engine: 'exact',
      warnings: step === 0 ? [warning] : [],
      gradientOverlap,
      gradientEnergy,
      probes,
    },
  });
}

async function seedRun(api: string, run: SeedRun): Promise<void> {
  const { id, name, seed, initialRate, dropAt } = run;
  const decays = dropAt.length > 0;
  await post(api, create, {
    input: {
      id,
      name,
      seed,
      architecture: 'synthetic-640',
      dataset: 'synthetic',
      optimiser: 'sgd(momentum=0.9)',
      engine: 'exact',
      classes: classes,
      parameterCount: parameters,
      plannedSteps: plannedSteps,
      tags: ['browser-test'],
      schedule: decays
        ? { kind: 'STEP', initial: initialRate, factor: 0.1, steps: dropAt }
        : { kind: 'CONSTANT', initial: initialRate },
    },
  });
  const steps = Array.from({ length: plannedSteps + 1 }, (_unused, number) => ({
    number,
    epoch: number / 100,
    ...measuresAt(run, number),
  }));
  await post(api, logMutation, { input: { runId: id, steps } });
  for (const step of spectrumSteps) await seedSpectrum(api, run, step);
  await post(api, finish, { input: { id, status: 'FINISHED' } });
}

/** `api` is its origin, such as `http://127.0.0.1:4000`. */
export async function seed(api: string): Promise<void> {
  for (const run of seedRuns) await seedRun(api, run);
}
