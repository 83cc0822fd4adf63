/** The runs that put the six claims to the test, at three sizes. Every run serves all claims that it can. */
import type { TrainingBatchNormMode } from '@ritz/records';
import { parseConfig, type Config } from '@ritz/training';
import type { ClaimId } from '@ritz/spectra';

export type Scale = 'smoke' | 'cpu' | 'paper';

export interface PlannedRun {
  readonly config: Config;
  /** What the runs of one comparison share: see ClaimRun. */
  readonly family: string;
  /** Its settings except the seed. */
  readonly setting: string;
  readonly claims: readonly ClaimId[];
}

interface Size {
  readonly seeds: number;
  readonly families: readonly Family[];
  readonly data: Config['data'];
  readonly steps: number;
  readonly batchSize: number;
  readonly initial: number;
  readonly drops: readonly number[];
  readonly spectra: Record<string, unknown>;
  readonly logEvery?: number;
  readonly augment?: boolean;
}

interface Family {
  readonly name: string;
  readonly architecture: Record<string, unknown>;
  /** Whether there is a variant without skip connections. */
  readonly skips: boolean;
  readonly population: boolean;
}

const sizes: Record<Scale, Size> = {
  /** Minutes: shows that every part works; too small to decide any but the clearest claims. */
  smoke: {
    seeds: 2,
    families: [
      { name: 'ResNet-8', architecture: { kind: 'resnet', depth: 8, width: 0.125 }, skips: true, population: true },
    ],
    data: { kind: 'cifar10', trainExamples: 64, testExamples: 32 },
    steps: 12,
    batchSize: 16,
    initial: 0.05,
    drops: [8],
    spectra: { steps: [0, 8, 12], examples: 16, lanczosSteps: 24, probes: 2, gradientEnergy: false },
  },
  /** A machine with two cores: real images, narrow networks. */
  cpu: {
    seeds: 3,
    families: [
      { name: 'ResNet-14', architecture: { kind: 'resnet', depth: 14, width: 0.25 }, skips: true, population: true },
      { name: 'VGG-11', architecture: { kind: 'vgg-11', width: 0.125 }, skips: false, population: true },
    ],
    data: { kind: 'cifar10', trainExamples: 1024, testExamples: 256 },
    steps: 320,
    batchSize: 64,
    initial: 0.05,
    drops: [160, 240],
    spectra: {
      steps: [0, 20, 160, 180, 240, 260, 320],
      examples: 128,
      lanczosSteps: 32,
      probes: 2,
      gradientEnergy: false,
    },
    logEvery: 8,
  },
  /** The scale of the paper: a GPU, days. */
  paper: {
    seeds: 3,
    families: [
      { name: 'ResNet-32', architecture: { kind: 'resnet', depth: 32 }, skips: true, population: true },
      { name: 'VGG-11', architecture: { kind: 'vgg-11' }, skips: false, population: false },
    ],
    data: { kind: 'cifar10' },
    steps: 100_000,
    batchSize: 128,
    initial: 0.1,
    drops: [40_000, 60_000, 80_000],
    spectra: { logSpaced: 12, aroundDrops: 1000, examples: 49_920, lanczosSteps: 90, probes: 10 },
    augment: true,
  },
};

/** The claims that use a run. */
function claimsOf(family: Family, norm: TrainingBatchNormMode): ClaimId[] {
  const all: ClaimId[] = ['F1', 'F2', 'F4'];
  if (norm !== 'population') all.push('F3');
  if (family.skips && norm !== 'population') all.push('F5');
  if (norm !== 'none' && family.population) all.push('F6');
  return all;
}

function planned(
  scale: Scale,
  size: Size,
  family: Family,
  norm: TrainingBatchNormMode,
  residual: boolean,
  seed: number,
): PlannedRun {
  const { data, steps, batchSize, initial, drops, spectra, logEvery, augment = false } = size;
  const skips = family.skips && !residual ? ' without skips' : '';
  const norms = { none: 'no BN', minibatch: 'BN', population: 'population BN' };
  const setting = `${family.name}${skips}, ${norms[norm]}`;
  const config = parseConfig(
    'plan',
    JSON.stringify({
      name: `${setting}, seed ${seed}`,
      project: 'reproduction',
      experiment: `${scale} scale`,
      tags: ['reproduction', scale],
      architecture: { ...family.architecture, batchNorm: norm, ...(family.skips && { residual }) },
      data,
      augment,
      schedule: { kind: 'step', initial, factor: 0.1, steps: drops },
      optimiser: { kind: 'sgd', momentum: 0.9 },
      batchSize,
      steps,
      seed,
      spectra,
      logEvery,
    }),
  );
  return { config, family: family.name, setting, claims: claimsOf(family, norm) };
}

/** Default number of seeds per setting. */
function defaultSeeds(scale: Scale): number {
  return sizes[scale].seeds;
}

/** The runs of a scale that these claims need, in an order in which pairs come early. */
export function planRuns(
  scale: Scale,
  wanted: readonly ClaimId[],
  seedCount: number = defaultSeeds(scale),
): PlannedRun[] {
  const size = sizes[scale];
  const seeds = Array.from({ length: seedCount }, (_, i) => i + 1);
  const runs = seeds.flatMap((seed) =>
    size.families.flatMap((family) =>
      (['none', 'minibatch', ...(family.population ? ['population' as const] : [])] as const).flatMap((norm) =>
        (family.skips && norm !== 'population' ? [true, false] : [true]).map((residual) =>
          planned(scale, size, family, norm, residual, seed),
        ),
      ),
    ),
  );
  return runs.filter(({ claims }) => claims.some((claim) => wanted.includes(claim)));
}
