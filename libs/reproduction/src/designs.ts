/** What is trained to put the claims to the test, at three sizes. A design is all combinations of its parts. */
import type { TrainingBatchNormMode } from '@ritz/records';
import type { ClaimId } from '@ritz/spectra';
import type { Config } from '@ritz/training';

export type Scale = 'smoke' | 'cpu' | 'paper';

export interface Family {
  readonly name: string;
  readonly architecture: Record<string, unknown>;
  /** Whether there is a variant without skip connections. */
  readonly hasSkips: boolean;
}

export interface Design {
  /** Told in the names of its runs, where other designs have the same nets and rates. */
  readonly label?: string;
  /** The claims that its runs are for. */
  readonly claims: readonly ClaimId[];
  readonly families: readonly Family[];
  readonly norms: readonly TrainingBatchNormMode[];
  /** Norms that nets are also trained with without their skips. */
  readonly normsWithoutSkips: readonly TrainingBatchNormMode[];
  readonly schedules: readonly Config['schedule'][];
  readonly seeds: number;
  readonly data: Config['data'];
  readonly steps: number;
  readonly batchSize: number;
  /** Null: runs that are compared by their speed alone. */
  readonly spectra: Record<string, unknown> | null;
  readonly logEvery?: number;
  readonly augment?: boolean;
}

const scaled = (name: string, width: number): string => (width === 1 ? name : `${name} × ${width}`);
const constant = (rate: number): Config['schedule'] => ({ kind: 'constant', rate });
const dropped = (initial: number, ...steps: number[]): Config['schedule'] => ({
  kind: 'step',
  initial,
  factor: 0.1,
  steps,
});
const resnet = (depth: number, width = 1): Family => ({
  name: scaled(`ResNet-${depth}`, width),
  architecture: { kind: 'resnet', depth, ...(width !== 1 && { width }) },
  hasSkips: true,
});
const vgg = (width = 1): Family => ({
  name: scaled('VGG-11', width),
  architecture: { kind: 'vgg-11', ...(width !== 1 && { width }) },
  hasSkips: false,
});

const allNorms = ['none', 'minibatch', 'population'] as const;
const skipNorms = ['none', 'minibatch'] as const;

/** Minutes: shows that every part works; too small to decide any but the clearest claims. */
const smoke: Omit<Design, 'claims' | 'schedules' | 'norms' | 'normsWithoutSkips'> = {
  families: [resnet(8, 0.125)],
  seeds: 2,
  data: { kind: 'cifar10', trainExamples: 64, testExamples: 32 },
  steps: 12,
  batchSize: 16,
  spectra: { steps: [0, 1, 8, 12], examples: 64, lanczosSteps: 48, probes: 1, gradientEnergy: false },
};

/** A machine with two cores, at most four hours: real images, narrow networks. Nets are the independent units, so there are several. */
const cpu = {
  families: [resnet(8, 0.25), resnet(14, 0.25), resnet(20, 0.25), vgg(0.125)],
  data: { kind: 'cifar10', trainExamples: 1024, testExamples: 256 },
  batchSize: 64,
  logEvery: 8,
} as const;

/** The scale of the paper: a GPU, days. */
const paper = {
  families: [resnet(32), vgg()],
  seeds: 3,
  data: { kind: 'cifar10' },
  batchSize: 128,
  augment: true,
} as const;

const paperSpectra = { examples: 49_920, lanczosSteps: 90, probes: 10 };

export const designs: Readonly<Record<Scale, readonly Design[]>> = {
  smoke: [
    {
      ...smoke,
      claims: ['F1', 'F2', 'F3', 'F5', 'F6'],
      norms: allNorms,
      normsWithoutSkips: skipNorms,
      schedules: [dropped(0.05, 8)],
    },
    {
      ...smoke,
      claims: ['F4'],
      norms: ['minibatch'],
      normsWithoutSkips: [],
      schedules: [dropped(0.05, 8), constant(0.05)],
    },
  ],
  cpu: [
    {
      ...cpu,
      claims: ['F1', 'F2', 'F3', 'F5', 'F6'],
      norms: allNorms,
      normsWithoutSkips: skipNorms,
      schedules: [constant(0.05)],
      seeds: 3,
      steps: 160,
      spectra: { steps: [0, 16, 80, 120, 160], examples: 256, lanczosSteps: 48, probes: 1, gradientEnergy: false },
    },
    // Speed at other rates, so that each arm is compared at its best.
    {
      ...cpu,
      claims: ['F3', 'F6'],
      norms: allNorms,
      normsWithoutSkips: [],
      schedules: [constant(0.02), constant(0.1)],
      seeds: 3,
      steps: 160,
      spectra: null,
    },
    // Pairs that are one run until the rate of one drops.
    {
      ...cpu,
      label: 'pair',
      claims: ['F4'],
      norms: ['none', 'minibatch'],
      normsWithoutSkips: [],
      schedules: [dropped(0.05, 160), constant(0.05)],
      seeds: 2,
      steps: 240,
      spectra: { steps: [160, 180, 200, 240], examples: 256, lanczosSteps: 40, probes: 1, gradientEnergy: false },
    },
    // Nets with fewer parameters than the Gauss–Newton part of so many examples can have rank.
    {
      ...cpu,
      label: 'many images',
      families: [resnet(8, 0.25), resnet(8, 0.1875), resnet(14, 0.1875)],
      claims: ['F1'],
      norms: ['minibatch'],
      normsWithoutSkips: [],
      schedules: [constant(0.05)],
      seeds: 2,
      steps: 160,
      spectra: { steps: [0, 16, 160], examples: 1024, lanczosSteps: 48, probes: 1, gradientEnergy: false },
    },
  ],
  paper: [
    {
      ...paper,
      claims: ['F1', 'F2', 'F3', 'F5', 'F6'],
      norms: allNorms,
      normsWithoutSkips: skipNorms,
      schedules: [dropped(0.1, 40_000, 60_000, 80_000)],
      steps: 100_000,
      spectra: { ...paperSpectra, logSpaced: 12, aroundDrops: 1000 },
    },
    {
      ...paper,
      claims: ['F3', 'F6'],
      norms: allNorms,
      normsWithoutSkips: [],
      schedules: [0.02, 0.05].map((rate) => dropped(rate, 40_000, 60_000, 80_000)),
      steps: 100_000,
      spectra: null,
    },
    {
      ...paper,
      label: 'pair',
      claims: ['F4'],
      norms: ['none', 'minibatch'],
      normsWithoutSkips: [],
      schedules: [dropped(0.1, 40_000), constant(0.1)],
      steps: 60_000,
      spectra: { ...paperSpectra, steps: [40_000, 41_000, 45_000, 60_000] },
    },
  ],
};
