/** Everything that an op's rules make of an example: value, reverse, forward over both, and k directions at once. */
import { lcg } from '@ritz/testing';
import { expect } from 'vitest';
import { tangents } from '../autodiff/jvp.ts';
import { vmap } from '../autodiff/vmap.ts';
import { sizeOf, type Node } from '../graph/Node.ts';
import { operand } from '../ops/Op.ts';
import { opNamed } from '../ops/registry.ts';
import type { ExampleGraph, Values } from './opExample.ts';

/** An example with its derivatives along a direction d of the operands and against a cotangent c of the result. */
export interface Derivatives extends ExampleGraph {
  readonly inputs: readonly Node[];
  /** Values of everything that is fed. */
  readonly feeds: Values;
  /** `value`, and `reverse<i>`: c · ∂value/∂operand i. */
  readonly first: Readonly<Record<string, Node>>;
  /** Of every one of `first`, its derivative along d (null: none). */
  readonly along: Readonly<Record<string, Node | null>>;
  /** The same for k directions. */
  readonly batched: Readonly<Record<string, Node>>;
}

export function derivatives(example: ExampleGraph, k: number): Derivatives {
  const { graph, operands, result, values, differentiable } = example;
  const random = lcg(23);
  const cotangent = graph.input('cotangent', result.shape);
  const feeds: Record<string, Float64Array | Int32Array> = {
    ...values,
    cotangent: random.uniform(sizeOf(result.shape)),
  };
  const inputs = [...operands, cotangent];
  const first: Record<string, Node> = { value: result };
  const reverse = opNamed(result.op).vjp(graph, result, cotangent);
  for (const position of differentiable) {
    const node = reverse[position];
    if (node) first[`reverse${position}`] = node;
  }
  const seeds = new Map<Node, Node>();
  const wide = new Map<Node, Node>();
  for (const position of differentiable) {
    const { shape } = operand(operands, position);
    const direction = graph.input(`direction${position}`, shape);
    const directions = graph.input(`directions${position}`, [k, ...shape]);
    seeds.set(operand(operands, position), direction);
    wide.set(direction, directions);
    inputs.push(direction, directions);
    const drawn = random.uniform(k * sizeOf(shape));
    feeds[`direction${position}`] = drawn.slice(0, sizeOf(shape));
    feeds[`directions${position}`] = drawn;
  }
  const names = Object.keys(first);
  const found = tangents(graph, Object.values(first), seeds);
  const along = Object.fromEntries(names.map((name, position) => [name, found[position] ?? null]));
  const present = Object.entries(along).flatMap(([name, node]) => (node ? [[name, node] as const] : []));
  const widened = vmap(
    graph,
    present.map(([, node]) => node),
    wide,
    k,
  );
  const batched = Object.fromEntries(present.map(([name], position) => [name, operand(widened, position)]));
  return { ...example, inputs, feeds, first, along, batched };
}

export function prefixed(prefix: string, nodes: Readonly<Record<string, Node | null>>): Record<string, Node> {
  return Object.fromEntries(
    Object.entries(nodes).flatMap(([name, node]) => (node ? [[`${prefix}${name}`, node] as const] : [])),
  );
}

export function everything({ first, along, batched }: Derivatives): Record<string, Node> {
  return { ...first, ...prefixed('along ', along), ...prefixed('batched ', batched) };
}

/** Relative to the largest number involved, so that a derivative that is exactly 0 is compared as well. */
export function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number, floor = 1e-3): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(floor, ...expected.map(Math.abs));
  const worst = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? 0))), 0);
  expect(Number.isNaN(worst) ? Infinity : worst / scale).toBeLessThan(tolerance);
}
