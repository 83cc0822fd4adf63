/** The inputs of a graph, and the check that what is fed fits them. */
import type { Precision } from '@ritz/lanczos';
import { EstimationError } from '../error/EstimationError.ts';
import { sizeOf, topologicalOrder, type Graph, type Node } from '../graph/Node.ts';
import { showShape } from '../graph/shape.ts';
import type { Tensors } from './Engine.ts';

export function inputsOf(graph: Graph): Map<string, Node> {
  const inputs = new Map<string, Node>();
  for (const node of topologicalOrder(Object.values(graph.outputs))) {
    if (node.op === 'input' && node.name !== undefined) inputs.set(node.name, node);
  }
  return inputs;
}

/** Throws an EstimationError (SHAPE) that names the feed when one is missing, misshapen or of another type. */
export function checkFeeds(inputs: ReadonlyMap<string, Node>, feeds: Tensors, precision: Precision): void {
  for (const [name, { shape, type }] of inputs) {
    const feed = feeds[name];
    const expected = `${type === 'int' ? 'int32' : precision} ${showShape(shape)}`;
    if (!feed) throw new EstimationError('SHAPE', `Input "${name}" was not fed; expected ${expected}.`);
    const given = feed.data instanceof Int32Array ? 'int32' : feed.data instanceof Float64Array ? 'float64' : 'float32';
    const wanted = type === 'int' ? 'int32' : precision;
    if (given !== wanted || feed.data.length !== sizeOf(shape)) {
      const got = `${given} with ${feed.data.length} elements`;
      throw new EstimationError(
        'SHAPE',
        `Input "${name}": expected ${expected} (${sizeOf(shape)} elements), got ${got}.`,
      );
    }
  }
}
