/** A training run as data: what a config file may say, with every default. */
import { curvatureOperators, engineNames, precisions, trainingBatchNormModes } from '@ritz/records';
import { z } from 'zod';
import { optimiserConfig } from '../optimisation/optimisers.ts';
import { positive } from '../optimisation/settings.ts';

const count = z.int().min(1);
const text = z.string().min(1).max(200);

const image = { width: positive.default(1), classes: z.int().min(2).optional() };
/** Whether and how batch norm normalises; `population`: by the statistics of all training examples. */
const batchNorm = z.enum(trainingBatchNormModes).default('minibatch');

const architecture = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mlp'),
    /** Units of the layers between input and classes. */
    hidden: z.array(count).default([20]),
    activation: z.enum(['relu', 'tanh']).default('relu'),
  }),
  z.strictObject({ kind: z.literal('resnet'), depth: count, residual: z.boolean().default(true), batchNorm, ...image }),
  z.strictObject({
    kind: z.literal('resnet-imagenet'),
    depth: count,
    residual: z.boolean().default(true),
    batchNorm,
    ...image,
  }),
  z.strictObject({ kind: z.literal('vgg-11'), batchNorm, ...image }),
  z.strictObject({
    kind: z.literal('transformer'),
    depth: count.default(2),
    dimension: count.default(32),
    heads: count.default(4),
    /** Rows and columns of the patches that an image is cut into. */
    patch: count.default(4),
    classes: z.int().min(2).optional(),
  }),
  /** Predicts each next character of a text. */
  z.strictObject({
    kind: z.literal('causal-transformer'),
    depth: count.default(2),
    dimension: count.default(32),
    heads: count.default(4),
  }),
]);

const data = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('mnist'),
    trainExamples: count.optional(),
    testExamples: count.optional(),
  }),
  z.strictObject({
    kind: z.literal('cifar10'),
    trainExamples: count.optional(),
    testExamples: count.optional(),
  }),
  /** A text in UTF-8, cut into pieces of `context` characters; the last tenth of them is tested on. */
  z.strictObject({
    kind: z.literal('text'),
    file: text,
    context: count.default(32),
    lowerCase: z.boolean().default(false),
  }),
  /** `train`, and `test` or `val`: each a folder of class folders of images. */
  z.strictObject({ kind: z.literal('folder'), directory: text, size: count.default(224) }),
  /** NumPy arrays: images or vectors, and class indices. */
  z.strictObject({
    kind: z.literal('npy'),
    trainInputs: text,
    trainLabels: text,
    testInputs: text,
    testLabels: text,
    classes: z.int().min(2).optional(),
    /** Each channel, or each number of vectors, to mean 0 and deviation 1 over the training examples. */
    standardise: z.boolean().default(false),
  }),
]);

const schedule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('constant'), rate: positive }),
  z.strictObject({ kind: z.literal('step'), initial: positive, factor: positive.default(0.1), steps: z.array(count) }),
  /** `totalSteps`: default the run's steps. */
  z.strictObject({ kind: z.literal('cosine'), initial: positive, totalSteps: count.optional() }),
  z.strictObject({
    kind: z.literal('warmup-cosine'),
    initial: positive,
    warmupSteps: count,
    totalSteps: count.optional(),
  }),
  /** Defaults as in PyTorch's OneCycleLR: `initial` a 25th of `highest`, `final` a 10,000th of `initial`. */
  z.strictObject({
    kind: z.literal('one-cycle'),
    highest: positive,
    initial: positive.optional(),
    final: positive.optional(),
    warmupSteps: count,
    totalSteps: count.optional(),
  }),
  /** `steps` from 0 on, and the rate at each. */
  z.strictObject({
    kind: z.literal('piecewise'),
    steps: z.array(z.int().min(0)).min(1),
    rates: z.array(positive).min(1),
  }),
]);

/** When spectra are measured (the options combine; default: eight log-spaced steps), over what, and how. */
const spectra = z.strictObject({
  steps: z.array(z.int().min(0)).optional(),
  /** Number of log-spaced steps. */
  logSpaced: z.int().min(2).optional(),
  every: count.optional(),
  /** At each drop of a `step` schedule, after the last update at the old rate, and this many steps later. */
  aroundDrops: count.optional(),
  examples: count.default(1000),
  lanczosSteps: count.default(90),
  probes: count.default(10),
  seed: z.int().min(0).default(1),
  gradientEnergy: z.boolean().default(true),
  /** The matrices; the Hessian unless given. */
  operators: z.array(z.enum(curvatureOperators)).min(1).optional(),
  /** Also each of them preconditioned by what the optimiser divides its steps by. */
  preconditioned: z.boolean().optional(),
  /** Also the blocks of each: its layers, its tensors, or parameters by name: `attention: "*.attn.*"`. */
  blocks: z
    .union([z.enum(['layers', 'tensors']), z.record(text, z.union([text, z.array(text).min(1)]))], {
      error: 'layers, tensors, or patterns of parameters by the names of their blocks',
    })
    .optional(),
  /** Also how much of each Ritz vector is in the span of the class means of the gradients. */
  classStructure: z.boolean().optional(),
  /** Maximum number of vectors per run of the engine; workers measure this many probes together. */
  vectorsPerPass: count.optional(),
});

/** λ1 of few Lanczos steps and the curvature along gradient and update, over `spectra.examples`; left out: not measured. */
const sharpness = z.strictObject({
  /** Steps between two measurements. */
  every: count,
  /** Products for each λ1. */
  lanczosSteps: count.default(16),
  seed: z.int().min(0).default(1),
});

export const configSchema = z.strictObject({
  name: text,
  project: text.default('default'),
  experiment: text.default('default'),
  tags: z.array(text).default([]),
  notes: z.string().optional(),
  architecture,
  data,
  /** Shift and mirror training images at random. */
  augment: z.boolean().default(false),
  optimiser: optimiserConfig.default({ kind: 'sgd', momentum: 0.9, weightDecay: 0 }),
  schedule,
  batchSize: count.default(128),
  steps: count,
  seed: z.int().min(0).default(1),
  logEvery: count.optional(),
  testExamples: count.optional(),
  spectra: spectra.prefault({}),
  sharpness: sharpness.optional(),
  /** Steps between two saves of the state. */
  checkpointEvery: count.default(200),
  /** Of a fork: the run (its id) that it goes off from, and the last step that both share. */
  fork: z.strictObject({ run: text, step: z.int().min(0) }).optional(),
  /** Forks to train after this run: from a step on, each with some of its settings changed: `{ schedule.rate: 0.01 }`. */
  forks: z
    .array(
      z.strictObject({
        step: z.int().min(0),
        name: text.optional(),
        set: z.record(text, z.unknown()).default({}),
      }),
    )
    .optional(),
  engine: z.enum(['auto', ...engineNames]).default('auto'),
  precision: z.enum(precisions).default('float32'),
});

/** A config with every default filled in. */
export type Config = z.output<typeof configSchema>;
