/** The runs that put the claims to the test. Every run serves all claims that it can. */
import type { TrainingBatchNormMode } from '@ritz/records';
import { claims, type ClaimId } from '@ritz/spectra';
import { parseConfig, runIdOf, type Config } from '@ritz/training';
import { designs, type Design, type Family, type Scale } from './designs.ts';
import { rulesTag } from './rules.ts';

export interface PlannedRun {
  readonly config: Config;
  /** The name of its net. */
  readonly family: string;
  /** Its settings except the seed. */
  readonly setting: string;
  readonly claims: readonly ClaimId[];
}

interface Arm {
  readonly family: Family;
  readonly norm: TrainingBatchNormMode;
  readonly residual: boolean;
  readonly schedule: Config['schedule'];
}

/** The claims that can use runs of an arm. */
const uses: Readonly<Record<ClaimId, (arm: Arm) => boolean>> = {
  F1: () => true,
  F2: ({ norm }) => norm === 'none',
  F3: ({ norm }) => norm !== 'population',
  F4: () => true,
  F5: ({ norm, family }) => norm !== 'population' && family.hasSkips,
  F6: ({ norm, residual, family }) => norm !== 'none' && (residual || !family.hasSkips),
};

const normNames: Readonly<Record<TrainingBatchNormMode, string>> = {
  none: 'no BN',
  minibatch: 'BN',
  population: 'population BN',
};

function armsOf({ families, norms, normsWithoutSkips, schedules }: Design): Arm[] {
  return families.flatMap((family) =>
    norms.flatMap((norm) =>
      (family.hasSkips && normsWithoutSkips.includes(norm) ? [true, false] : [family.hasSkips]).flatMap((residual) =>
        schedules.map((schedule) => ({ family, norm, residual, schedule })),
      ),
    ),
  );
}

function scheduleName(schedule: Config['schedule']): string {
  switch (schedule.kind) {
    case 'constant':
      return `rate ${schedule.rate}`;
    case 'step':
      return `rate ${schedule.initial}, dropped at ${schedule.steps.join(', ')}`;
    case 'cosine':
    case 'warmup-cosine':
    case 'one-cycle':
    case 'piecewise':
      return `${schedule.kind} rate`;
    default:
      throw new Error(`Unknown schedule: ${String(schedule satisfies never)}`);
  }
}

function planned(scale: Scale, design: Design, arm: Arm, seed: number): PlannedRun {
  const { label, data, steps, batchSize, spectra, logEvery, augment = false } = design;
  const { family, norm, residual, schedule } = arm;
  const skips = family.hasSkips && !residual ? ' without skips' : '';
  const parts = [
    `${family.name}${skips}`,
    normNames[norm],
    scheduleName(schedule),
    ...(label === undefined ? [] : [label]),
  ];
  const setting = parts.join(', ');
  const served = design.claims.filter((claim) => uses[claim](arm));
  const config = parseConfig(
    'plan',
    JSON.stringify({
      name: `${setting}, seed ${seed}`,
      project: 'reproduction',
      experiment: `${scale} scale`,
      tags: ['reproduction', scale, ...served, rulesTag()],
      architecture: { ...family.architecture, batchNorm: norm, ...(family.hasSkips && { residual }) },
      data,
      augment,
      schedule,
      optimiser: { kind: 'sgd', momentum: 0.9 },
      batchSize,
      steps,
      seed,
      spectra: spectra ?? { steps: [] },
      logEvery,
    }),
  );
  return { config, family: family.name, setting, claims: served };
}

/** Runs of several designs that are the same run serve the claims of all. */
function merged(runs: readonly PlannedRun[]): PlannedRun[] {
  const byId = new Map<string, PlannedRun>();
  for (const run of runs) {
    const id = runIdOf(run.config);
    const other = byId.get(id);
    byId.set(id, other ? bothOf(other, run) : run);
  }
  return [...byId.values()];
}

function bothOf(one: PlannedRun, other: PlannedRun): PlannedRun {
  const served = claims.map(({ id }) => id).filter((id) => one.claims.includes(id) || other.claims.includes(id));
  return {
    ...one,
    claims: served,
    config: { ...one.config, tags: [...new Set([...one.config.tags, ...other.config.tags])] },
  };
}

/** The runs of a scale that these claims need, seed by seed, so that pairs come early. `seeds`: of every setting; each design's own unless given. */
export function planRuns(scale: Scale, wanted: readonly ClaimId[], seeds?: number): PlannedRun[] {
  const seedsOf = (design: Design): number => seeds ?? design.seeds;
  const most = Math.max(...designs[scale].map(seedsOf));
  const all = Array.from({ length: most }, (_, i) => i + 1).flatMap((seed) =>
    designs[scale]
      .filter((design) => seed <= seedsOf(design))
      .flatMap((design) => armsOf(design).map((arm) => planned(scale, design, arm, seed))),
  );
  return merged(all).filter(({ claims: served }) => served.some((claim) => wanted.includes(claim)));
}
