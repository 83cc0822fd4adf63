/** What graphs inside nodes take from around them, made inputs of the nodes: then every use of a value is an input of some node. */
import type { OnnxBody, OnnxNode } from './OnnxGraph.ts';

/** Names that the body's nodes or outputs need and that it does not make itself. */
function capturedBy({ inputs, nodes, outputs }: OnnxBody): string[] {
  const made = new Set([...inputs, ...nodes.flatMap((node) => node.outputs)]);
  const needed = [...nodes.flatMap((node) => node.inputs), ...outputs];
  return [...new Set(needed)].filter((name) => name !== '' && !made.has(name));
}

export function withCaptures(node: OnnxNode, bodies: ReadonlyMap<string, OnnxBody>): OnnxNode {
  const captures = [...new Set([...bodies.values()].flatMap(capturedBy))];
  return { ...node, bodies, captures, inputs: [...node.inputs, ...captures] };
}

/** The nodes and all those inside them. */
export function withBodies(nodes: readonly OnnxNode[]): OnnxNode[] {
  return nodes.flatMap((node) => [
    node,
    ...[...(node.bodies?.values() ?? [])].flatMap((body) => withBodies(body.nodes)),
  ]);
}
