/**
 * What an exporter that knows the network writes beside its graph: which tensors are learned, which are state, what kinds of
 * normalisation there are and in which mode. It stands in the file's `metadata_props` under `ritz.network`, as JSON.
 */
import { z } from 'zod';
import { EstimationError } from '../../error/EstimationError.ts';

/** Key among the `metadata_props` of the model. */
export const networkKey = 'ritz.network';

const shape = z.array(z.int().nonnegative());

const parameter = z.object({
  /** As the framework names it: `encoder.0.weight`. */
  name: z.string().min(1),
  /** As the framework has it; the initialiser's last two lengths are swapped where `transposed`. */
  shape,
  /** false: frozen; it is not differentiated. */
  requiresGrad: z.boolean(),
  /** Name of the initialiser that holds it. Left out: the graph does not use this parameter, and it is not counted. */
  initialiser: z.string().min(1).optional(),
  /** The initialiser holds the transposed matrix. */
  transposed: z.boolean().optional(),
  /** Other names of the same tensor in the framework: `lm_head.weight`. */
  ties: z.array(z.string()).optional(),
  /** Rows (positions along the first axis of the framework's shape) that are not differentiated: `padding_idx`. */
  frozenRows: z.array(z.int().nonnegative()).optional(),
});

const buffer = z.object({
  name: z.string().min(1),
  shape,
  /** Left out: the graph does not use it. */
  initialiser: z.string().min(1).optional(),
});

/** PyTorch's words as ours. */
const statisticsOf = { running: 'running', batch: 'minibatch' } as const;

const normalisation = z.object({
  /** Name of the module: `layer1.bn`. */
  name: z.string(),
  /** Class of the module: `BatchNorm2d`. */
  kind: z.string(),
  /** Statistics it was exported with; only batch norm has a choice. */
  mode: z
    .enum(['running', 'batch'])
    .transform((mode) => statisticsOf[mode])
    .optional(),
  /** false: it keeps no running statistics; those in the file stand for nothing. */
  tracked: z.boolean().optional(),
});

const loss = z.looseObject({
  /** As `ritz spectrum --loss` names it. */
  kind: z.string(),
  reduction: z.enum(['mean', 'sum', 'token-mean']).optional(),
  labelSmoothing: z.number().optional(),
  ignoreIndex: z.int().optional(),
  /** One for each class, with commas between. */
  classWeights: z.string().optional(),
  classAxis: z.int().optional(),
  delta: z.number().optional(),
});

const check = z.object({
  loss: z.number(),
  /** Of the parameters that are learned. */
  gradientNorm: z.number(),
  precision: z.enum(['float32', 'float64']).optional(),
  /** How many the mean is over. */
  examples: z.int().positive().optional(),
  /** SHA-256 of the inputs that the graph reads, in its order, then of the targets: all elements as float64, little-endian. */
  digest: z.string().optional(),
});

/** `loss` and `outputs` say how the network was trained; `check` is what the exporter measured on its example inputs. */
const networkMetadata = z.object({
  version: z.literal(1),
  /** Version of PyTorch: `2.13.0`. */
  pytorch: z.string().optional(),
  exporter: z.enum(['dynamo', 'torchscript']).optional(),
  parameters: z.array(parameter),
  buffers: z.array(buffer).default([]),
  norms: z.array(normalisation).default([]),
  loss: loss.optional(),
  outputs: z.unknown().optional(),
  check: check.optional(),
});

export type NetworkMetadata = z.infer<typeof networkMetadata>;
export type ParameterMetadata = NetworkMetadata['parameters'][number];

/** null for a file without it. Throws an EstimationError (BAD_FILE) naming the field that is wrong. */
export function readNetworkMetadata(properties: ReadonlyMap<string, string>): NetworkMetadata | null {
  const text = properties.get(networkKey);
  if (text === undefined) return null;
  const parsed = networkMetadata.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = ['metadata', networkKey, ...(issue?.path ?? [])].join('.');
  throw new EstimationError(
    'BAD_FILE',
    `${place}: ${issue?.message ?? 'it cannot be read'}. Export the network again.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EstimationError('BAD_FILE', `metadata.${networkKey}: expected JSON. Export the network again.`, {
      cause,
    });
  }
}
