/** requestSpectrum: asks workers to measure a spectrum. */
import { jobs, type SpectrumJob as JobRow } from '@ritz/database';
import type { NewSpectrumRequest } from '@ritz/records';
import { badInput } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import { payloadType } from '../input/payloadType.ts';
import { payload } from '../input/userError.ts';
import {
  BlockUnit,
  CurvatureOperator,
  EngineName,
  NetworkBatchNorm,
  NetworkLoss,
  Precision,
  ProbeLaw,
} from '../types/enums.ts';
import { SpectrumJob } from '../types/refs.ts';

const SpectrumSourceInput = builder.inputType('SpectrumSourceInput', {
  description:
    'The network and its data, named by the SHA-256 of files in the store of the workers (`ritz store put`): either ' +
    '`checkpoint`, of a run whose config says the rest, or `model`, `data` and `labels`.',
  fields: (t) => ({
    checkpoint: t.string({ description: 'SHA-256 of a safetensors file of `ritz train`.' }),
    dataFingerprint: t.string({
      description: 'With `checkpoint`: SHA-256 of the examples; a worker that has others fails instead of measuring.',
    }),
    model: t.string({ description: 'SHA-256 of an ONNX file.' }),
    data: t.string({ description: 'SHA-256 of a .npy file of inputs [N, ...].' }),
    labels: t.string({
      description: 'SHA-256 of a .npy file of labels [N], or of targets of the shape of the outputs.',
    }),
    loss: t.field({ type: NetworkLoss, description: 'With `model`: the loss; CROSS_ENTROPY unless given.' }),
    batchNorm: t.field({
      type: NetworkBatchNorm,
      description: 'With `model`: statistics of batch norm; as saved unless given.',
    }),
    freeze: t.stringList({ description: 'With `model`: initialisers that are not differentiated.' }),
  }),
});

const BlockPatternsInput = builder.inputType('BlockPatternsInput', {
  description: 'A block of parameters by the patterns of their names.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Name of the block.' }),
    patterns: t.stringList({
      required: true,
      description: 'Patterns of names of parameters, such as "*.attn.*", at least one.',
    }),
  }),
});

const BlockSelectionInput = builder.inputType('BlockSelectionInput', {
  description: 'Blocks of the parameters: either `each`, or `named`.',
  fields: (t) => ({
    each: t.field({ type: BlockUnit, description: 'A block for each of these.' }),
    named: t.field({ type: [BlockPatternsInput], description: 'Blocks by their names; they share no parameter.' }),
  }),
});

/** Throws BAD_USER_INPUT unless exactly one is given. */
function blocksOf(input: typeof BlockSelectionInput.$inferInput | null | undefined): NewSpectrumRequest['blocks'] {
  if (!input) return null;
  const { each, named } = input;
  if (each && !named) return each;
  if (named && !each) return Object.fromEntries(named.map(({ name, patterns }) => [name, patterns]));
  throw badInput(`blocks: expected either each or named, got ${each ? 'both' : 'neither'}.`);
}

const RequestSpectrumInput = builder.inputType('RequestSpectrumInput', {
  description: 'The spectrum to measure.',
  fields: (t) => ({
    id: t.id({
      required: true,
      description: 'UUID made by the client; the spectrum is recorded under it. Asking again changes nothing.',
    }),
    runId: t.id({ required: true, description: 'UUID of the run it belongs to.' }),
    step: t.int({ required: true, description: 'Number of the optimiser step it is taken at.' }),
    source: t.field({ type: SpectrumSourceInput, required: true, description: 'The network and its data.' }),
    operator: t.field({ type: CurvatureOperator, defaultValue: 'hessian', description: 'The matrix.' }),
    blocks: t.field({
      type: BlockSelectionInput,
      description:
        'The blocks of the matrix, measured together and each recorded by its name, instead of the whole matrix.',
    }),
    lanczosSteps: t.int({ defaultValue: 90, description: 'm, Lanczos steps of each probe, at most 10000.' }),
    probes: t.int({ defaultValue: 10, description: 'k, random start vectors, at most 1000.' }),
    seed: t.field({ type: 'SafeInt', defaultValue: 0, description: 'Seed of the start vectors.' }),
    probeLaw: t.field({ type: ProbeLaw, defaultValue: 'sphere', description: 'Distribution of the start vectors.' }),
    precision: t.field({ type: Precision, defaultValue: 'float32', description: 'Of the products.' }),
    gradientEnergy: t.boolean({
      defaultValue: false,
      description: 'Also how the energy of the gradient is spread over the eigenvalues: one more probe.',
    }),
    engine: t.field({
      type: EngineName,
      defaultValue: 'onnx-cpu',
      description: 'What computes: a worker of this engine takes it.',
    }),
    probeGroups: t.intList({
      description:
        'Probes of each part, summing to `probes`; at most 4 in each unless given. The probes of a part go through the ' +
        'engine together: a process that is to have the same bits gives it as many at once.',
    }),
    vectorsPerPass: t.int({
      description: 'With `model`: vectors per run of the engine, at most; the size of the largest part unless given.',
    }),
    microBatch: t.int({
      description: 'With `model`: examples per run of the engine; by the size of the activations unless given.',
    }),
  }),
});

interface Written {
  readonly job: JobRow | null;
  readonly created: boolean;
}

const RequestSpectrumPayload = payloadType<Written>('requestSpectrum', (t) => ({
  job: t.expose('job', {
    type: SpectrumJob,
    nullable: true,
    description: 'The job; null if there are `userErrors`.',
  }),
  created: t.exposeBoolean('created', { description: 'False if the same spectrum was already requested.' }),
}));

/** Which of the two it is follows from what is given; whatever does not belong to it is refused by the database's rules. */
function sourceOf(source: typeof SpectrumSourceInput.$inferInput): NewSpectrumRequest['source'] {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== null && value !== undefined));
  const kind = 'checkpoint' in given ? 'checkpoint' : 'onnx';
  return { kind, ...given } as NewSpectrumRequest['source'];
}

builder.mutationField('requestSpectrum', (t) =>
  t.field({
    type: RequestSpectrumPayload,
    description:
      'Asks workers to measure a spectrum: its probes are spread over them in groups and become one spectrum when the last ' +
      'has arrived. Needs scope WRITE.',
    args: { input: t.arg({ type: RequestSpectrumInput, required: true, description: 'The spectrum.' }) },
    resolve: (_root, { input }, { database }) => {
      const blocks = blocksOf(input.blocks);
      return payload(() => jobs.request(database, { ...input, blocks, source: sourceOf(input.source) }), {
        job: null,
        created: false,
      });
    },
  }),
);
