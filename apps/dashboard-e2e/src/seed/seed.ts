/** Fills a fresh database through the API: runs, their curves, their spectra. */
import { referenceLanczos } from '@ritz/testing';
import { lanczos } from './lanczos.ts';
import { post } from './post.ts';
import {
  CLASSES,
  eigenvaluesAt,
  energyAt,
  measuresAt,
  overlapAt,
  PARAMETERS,
  PLANNED_STEPS,
  SEED_RUNS,
  SPECTRUM_STEPS,
  type SeedRun,
} from './training.ts';

const CREATE = 'mutation($input: CreateRunInput!) { createRun(input: $input) { userErrors { message } } }';
const LOG = 'mutation($input: LogStepsInput!) { logSteps(input: $input) { userErrors { message } } }';
const RECORD = 'mutation($input: RecordSpectrumInput!) { recordSpectrum(input: $input) { userErrors { message } } }';
const FINISH = 'mutation($input: FinishRunInput!) { finishRun(input: $input) { userErrors { message } } }';

const LANCZOS_STEPS = 60;
const PROBES = 4;
/** The share of what lies in the outliers that the gradient of a mini-batch keeps there. */
const GRADIENTS = [
  { gradient: 'FULL_BATCH', share: 1 },
  { gradient: 'MINI_BATCH', share: 0.7 },
] as const;

/** Of the spectra at step 0. */
export const WARNING =
  'The exporter folded batch norm into the layers before it: their parameters are not the network’s own.';

async function seedSpectrum(api: string, run: SeedRun, step: number): Promise<void> {
  const eigenvalues = eigenvaluesAt(run, step);
  const probes = Array.from({ length: PROBES }, (_unused, index) => {
    const seed = run.seed * 1000 + step * 10 + index;
    return { index, seed, ...lanczos(eigenvalues, LANCZOS_STEPS, seed) };
  });
  const gradientOverlap = GRADIENTS.flatMap(({ gradient, share }) =>
    [1, CLASSES].map((k) => ({ gradient, k, fraction: overlapAt(run, step, k) * share })),
  );
  const gradientEnergy = GRADIENTS.map(({ gradient, share }) => ({
    gradient,
    gradientNorm: 1.5,
    ...referenceLanczos(eigenvalues, { steps: LANCZOS_STEPS, start: energyAt(run, step, share).map(Math.sqrt) }),
  }));
  const id = `${run.id.slice(0, -6)}${String(step).padStart(4, '0')}${run.id.slice(-2)}`;
  await post(api, RECORD, {
    input: {
      id,
      runId: run.id,
      step,
      parameterCount: PARAMETERS,
      lanczosSteps: LANCZOS_STEPS,
      seed: run.seed,
      precision: 'FLOAT64',
      dataSize: 1000,
      dataFingerprint: 'synthetic',
      hvpCount: LANCZOS_STEPS * PROBES,
      seconds: 0.4,
      engine: 'exact',
      warnings: step === 0 ? [WARNING] : [],
      gradientOverlap,
      gradientEnergy,
      probes,
    },
  });
}

async function seedRun(api: string, run: SeedRun): Promise<void> {
  const { id, name, seed, initialRate, dropAt } = run;
  const decays = dropAt.length > 0;
  await post(api, CREATE, {
    input: {
      id,
      name,
      seed,
      architecture: 'synthetic-640',
      dataset: 'synthetic',
      optimiser: 'sgd(momentum=0.9)',
      engine: 'exact',
      classes: CLASSES,
      parameterCount: PARAMETERS,
      plannedSteps: PLANNED_STEPS,
      tags: ['browser-test'],
      schedule: decays
        ? { kind: 'STEP', initial: initialRate, factor: 0.1, steps: dropAt }
        : { kind: 'CONSTANT', initial: initialRate },
    },
  });
  const steps = Array.from({ length: PLANNED_STEPS + 1 }, (_unused, number) => ({
    number,
    epoch: number / 100,
    ...measuresAt(run, number),
  }));
  await post(api, LOG, { input: { runId: id, steps } });
  for (const step of SPECTRUM_STEPS) await seedSpectrum(api, run, step);
  await post(api, FINISH, { input: { id, status: 'FINISHED' } });
}

/** `api` is its origin, such as `http://127.0.0.1:4000`. */
export async function seed(api: string): Promise<void> {
  for (const run of SEED_RUNS) await seedRun(api, run);
}
