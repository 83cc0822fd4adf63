/** A spectrum to be measured by a worker, as clients send it. Models and data are named by the SHA-256 of their bytes. */
import { z } from 'zod';
import { finite, int32, integer, label, list, name, optional, uuid, withDefault, word } from '../fields/fields.ts';
import { curvatureOperators, precisions, probeLaws } from '../words/namedWords.ts';
import { blockUnits, engineNames, networkBatchNormModes, networkLosses } from '../words/words.ts';

const contentHash = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 of 64 hexadecimal digits'));

/** A state of a run that `ritz train` trains: its config, which says model and data, is that of the run. */
const checkpoint = z.strictObject({
  kind: z.literal('checkpoint'),
  checkpoint: contentHash,
  /** Of the examples, so that a worker that has others finds out. */
  dataFingerprint: optional(label),
});

/** A network from elsewhere, and examples as .npy files. */
const onnx = z.strictObject({
  kind: z.literal('onnx'),
  model: contentHash,
  data: contentHash,
  labels: contentHash,
  loss: withDefault(word(networkLosses), 'cross-entropy'),
  batchNorm: optional(word(networkBatchNormModes)),
  /** Initialisers that are not differentiated. */
  freeze: withDefault(list(name, { max: 1000 }), []),
});

/**
 * Blocks of the parameters of a model: its layers, its tensors, or patterns by the names of their blocks, in which an asterisk stands for
 * any text.
 */
const blockSelection = z.union([
  word(blockUnits),
  z.record(name, list(name, { min: 1, max: 1000 })).check((context) => {
    if (Object.keys(context.value).length > 0) return;
    context.issues.push({ code: 'custom', input: context.value, message: 'expected at least one block, got none' });
  }),
]);

/** Probes of a group at most, where no groups are given: as many vectors as share an engine's pass at least. */
const probesPerGroup = 4;

/** As many groups as passes of at most four take, as even as they can be. */
function evenGroups(probes: number): number[] {
  const groups = Math.ceil(probes / probesPerGroup);
  return Array.from({ length: groups }, (_, i) => Math.ceil((probes - i) / groups));
}

export const requestSchema = z
  .strictObject({
    id: uuid,
    runId: uuid,
    step: int32({ min: 0 }),
    source: z.discriminatedUnion('kind', [checkpoint, onnx]),
    operator: withDefault(word(curvatureOperators), 'hessian'),
    /** Its blocks, measured together in one part, instead of the whole matrix. */
    blocks: optional(blockSelection),
    lanczosSteps: withDefault(int32({ min: 1, max: 10_000 }), 90),
    probes: withDefault(int32({ min: 1, max: 1000 }), 10),
    seed: withDefault(integer({ min: 0 }), 0),
    probeLaw: withDefault(word(probeLaws), 'sphere'),
    precision: withDefault(word(precisions), 'float32'),
    gradientEnergy: withDefault(z.boolean(), false),
    engine: withDefault(word(engineNames), 'onnx-cpu'),
    /** Probes of each part. Sums of an engine can depend on how many vectors it is given at once: one process that is to have the same bits takes as many. */
    probeGroups: optional(list(int32({ min: 1 }), { max: 1000 })),
    /** Examples and vectors per run of the engine; left out, they are chosen by the size of the activations. */
    microBatch: optional(int32({ min: 1 })),
    vectorsPerPass: optional(int32({ min: 1 })),
    /** Bytes for the bases of a part. */
    memory: optional(finite({ min: 1 })),
  })
  .check((context) => {
    const { probes, probeGroups, blocks } = context.value;
    if (blocks !== null && probeGroups !== null) {
      const message = 'expected none with blocks, which are measured in one part, got some. Leave it out.';
      context.issues.push({ code: 'custom', input: probeGroups, path: ['probeGroups'], message });
      return;
    }
    const sum = probeGroups?.reduce((total, size) => total + size, 0) ?? probes;
    if (sum === probes) return;
    const message = `expected a sum of ${probes}, the number of probes, got ${sum}`;
    context.issues.push({ code: 'custom', input: probeGroups, path: ['probeGroups'], message });
  })
  .transform((request) => ({
    ...request,
    probeGroups: request.blocks === null ? (request.probeGroups ?? evenGroups(request.probes)) : [],
  }));

/** What clients send: everything that has a preset may be left out. */
export type NewSpectrumRequest = z.input<typeof requestSchema>;
/** A request that was checked, with its presets filled in. */
export type SpectrumRequest = z.output<typeof requestSchema>;
