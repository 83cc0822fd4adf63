/** Which integers an input of an ONNX file may hold: those are indices into tables, or labels of classes. */
import type { IndexBound } from '../TrainedModel.ts';
import type { OnnxGraph, OnnxInput } from './OnnxGraph.ts';
import type { Value } from './Value.ts';

const labelled: ReadonlySet<string> = new Set(['SoftmaxCrossEntropyLoss', 'NegativeLogLikelihoodLoss']);

/** From the tables and losses that take the input as it is or cast to another integer type; null where nothing bounds it. */
export function indexBound(
  { initialisers, nodes }: OnnxGraph,
  { name, type }: OnnxInput,
  values: ReadonlyMap<string, Value>,
): IndexBound | null {
  if (type !== 'int') return null;
  const same = new Set([name]);
  const bounds: IndexBound[] = [];
  for (const { opType, inputs, outputs, attributes } of nodes) {
    const [source = '', indices = ''] = inputs;
    if ((opType === 'Cast' || opType === 'Identity') && same.has(source)) same.add(outputs[0] ?? '');
    if (!same.has(indices)) continue;
    const rows = initialisers.get(source)?.tensor.shape.at(Number(attributes.get('axis') ?? 0));
    if (opType === 'Gather' && rows !== undefined) bounds.push({ below: rows, ignored: null });
    const classes = values.get(source)?.shape[1];
    if (!labelled.has(opType) || classes === undefined) continue;
    const ignored = attributes.get('ignore_index');
    bounds.push({ below: classes, ignored: typeof ignored === 'number' ? ignored : null });
  }
  return bounds.reduce<IndexBound | null>(
    (least, bound) => (least && least.below <= bound.below ? least : bound),
    null,
  );
}
