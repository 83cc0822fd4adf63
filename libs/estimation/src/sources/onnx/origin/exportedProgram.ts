/**
 * What PyTorch's dynamo exporter says of the program it exported: which tensors are parameters and which are buffers, what each node
 * was called with, and which values the optimiser of onnxscript computed ahead, from what.
 */
import type { Annotations } from './annotations.ts';

type TensorKind = 'parameter' | 'buffer' | 'constant';

export interface ProgramTensor {
  readonly kind: TensorKind;
  /** As in the module's state: `encoder.0.weight`. */
  readonly name: string;
}

export interface ExportedProgram {
  /** By placeholder: `p_encoder_0_weight`. */
  readonly tensors: ReadonlyMap<string, ProgramTensor>;
  /** What a value was folded from, by its name: names of tensors of the module and of values that are gone. */
  readonly foldedFrom: ReadonlyMap<string, readonly string[]>;
  /** By the first output of a node. */
  readonly calls: ReadonlyMap<string, ProgramCall>;
}

/** `%linear = call_function[target=torch.ops.aten.linear.default](args = (%x, %p_a_weight), kwargs = {})` */
export interface ProgramCall {
  /** `aten.linear.default` */
  readonly target: string;
  /** Placeholders and values that the program handed over, in order: `x`, `p_a_weight`. */
  readonly operands: readonly string[];
  /** The arguments as text. */
  readonly text: string;
  /** Classes of the modules around it, outermost first; the last entry is the target. */
  readonly classes: readonly string[];
  /** Names of the modules around it, outermost first. */
  readonly scopes: readonly string[];
  /** Name of the rewriting rule that made the node, where one did: `FuseBatchNormIntoConv`. */
  readonly rewrittenBy: string | null;
}

const signatureKey = 'pkg.torch.export.ExportedProgram.graph_signature';
const kinds: Readonly<Record<string, TensorKind>> = {
  PARAMETER: 'parameter',
  BUFFER: 'buffer',
  CONSTANT_TENSOR: 'constant',
};

/** null for a file of another exporter, or one whose notes were removed. */
export function exportedProgram({ graph, values, nodes }: Annotations): ExportedProgram | null {
  const signature = graph.get(signatureKey);
  if (signature === undefined) return null;
  const tensors = new Map<string, ProgramTensor>();
  for (const [, placeholder = '', kind = '', name = ''] of signature.matchAll(/^(\w+): ([A-Z_]+) target='([^']*)'/gm)) {
    const known = kinds[kind];
    if (known) tensors.set(placeholder, { kind: known, name });
  }
  const foldedFrom = new Map(
    [...values].flatMap(([name, properties]) => {
      const sources = properties.get('pkg.onnxscript.optimizer.folded_from');
      return sources === undefined ? [] : [[name, listOf(sources)] as const];
    }),
  );
  const calls = new Map([...nodes].flatMap(([output, properties]) => callOf(output, properties)));
  return { tensors, foldedFrom, calls };
}

/** Of a Python list of texts. */
function listOf(text: string): string[] {
  return [...text.matchAll(/'([^']*)'/g)].map(([, entry = '']) => entry);
}

function callOf(output: string, properties: ReadonlyMap<string, string>): [string, ProgramCall][] {
  const rewrittenBy = properties.get('pkg.onnxscript.rewriter.rule_name') ?? null;
  const node = properties.get('pkg.torch.onnx.fx_node') ?? '';
  const [, target = '', text = ''] =
    /call_function\[target=torch\.ops\.([\w.]+)\]\(args = \((.*)\), kwargs/.exec(node) ?? [];
  const operands = [...text.matchAll(/%(\w+)/g)].map(([, name = '']) => name);
  const classes = listOf(properties.get('pkg.torch.onnx.class_hierarchy') ?? '');
  const scopes = listOf(properties.get('pkg.torch.onnx.name_scopes') ?? '').filter((scope) => scope !== '');
  return [[output, { target, operands, text, classes, scopes, rewrittenBy }]];
}
