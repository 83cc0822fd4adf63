/** What the outputs of an ONNX file are: logits, or what an activation at the end makes of them. */
import type { Shape } from '../../graph/Node.ts';
import type { FinalActivation } from '../TrainedModel.ts';
import type { OnnxGraph, OnnxNode } from './OnnxGraph.ts';
import type { Value } from './Value.ts';

export interface Ending {
  readonly activation: FinalActivation;
  readonly node: OnnxNode;
  /** From the activation to the output, in this order: nodes that only lay its result out anew. */
  readonly layout: readonly OnnxNode[];
}

const activations: Readonly<Record<string, FinalActivation>> = {
  Softmax: 'softmax',
  LogSoftmax: 'logSoftmax',
  Sigmoid: 'sigmoid',
};

const layouts: ReadonlySet<string> = new Set([
  'Cast',
  'Flatten',
  'Identity',
  'Reshape',
  'Squeeze',
  'Transpose',
  'Unsqueeze',
]);

/** The activation that the output comes from with nothing but changes of layout behind it; null: none. */
export function endingOf({ nodes }: OnnxGraph, output: string): Ending | null {
  const producers = new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const layout: OnnxNode[] = [];
  for (let node = producers.get(output); node; node = producers.get(node.inputs[0] ?? '')) {
    const activation = activations[node.opType];
    if (activation !== undefined) return { activation, node, layout };
    if (!layouts.has(node.opType)) return null;
    layout.unshift(node);
  }
  return null;
}

/** The same graph, with the activation left out. */
export function withoutEnding(graph: OnnxGraph, { node }: Ending): OnnxGraph {
  const passed = { ...node, opType: 'Identity', inputs: node.inputs.slice(0, 1), attributes: new Map() };
  return { ...graph, nodes: graph.nodes.map((each) => (each === node ? passed : each)) };
}

/** Along which axis of the output a softmax adds up to one, counted from the start; null where a change of layout hides it. */
export function endingAxis({ node, layout }: Ending, values: ReadonlyMap<string, Value>, opset: number): number | null {
  const shapeOf = (name: string | undefined): Shape | null => values.get(name ?? '')?.shape ?? null;
  const source = shapeOf(node.outputs[0]);
  const attribute = node.attributes.get('axis');
  if (!source || node.opType === 'Sigmoid') return null;
  const given = typeof attribute === 'number' ? attribute : opset < 13 ? 1 : -1;
  let axis = given < 0 ? given + source.length : given;
  // Before opset 13 a softmax adds up over all axes from its own on.
  if (opset < 13 && axis !== source.length - 1) return null;
  for (const step of layout) {
    const [before, after] = [shapeOf(step.inputs[0]), shapeOf(step.outputs[0])];
    if (!before || !after) return null;
    if (step.opType === 'Transpose') {
      const permutation = step.attributes.get('perm') as readonly number[] | undefined;
      axis = (permutation ?? before.map((_, position) => before.length - 1 - position)).indexOf(axis);
      continue;
    }
    const moved = axisAfter(before, after, axis);
    if (moved === null) return null;
    axis = moved;
  }
  return axis;
}

/** Where an axis is after a reshape: it keeps its length, and as many numbers lie behind it as before. */
function axisAfter(before: Shape, after: Shape, axis: number): number | null {
  const behind = (shape: Shape, position: number): number => shape.slice(position + 1).reduce((size, n) => size * n, 1);
  const found = after.flatMap((length, position) =>
    length === before[axis] && behind(after, position) === behind(before, axis) ? [position] : [],
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}
