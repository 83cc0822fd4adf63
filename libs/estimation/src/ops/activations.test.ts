/** Activations that are compositions: their values and first two derivatives, in float64. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradients } from '../autodiff/vjp.ts';
import { createEngine } from '../engines/createEngine.ts';
import type { Engine } from '../engines/Engine.ts';
import { createGraph } from '../graph/createGraph.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import type { Node } from '../graph/Node.ts';
import { elu } from './elu.ts';
import { erf } from './erf.ts';
import { gelu } from './gelu.ts';
import { leakyRelu } from './leakyRelu.ts';
import { silu } from './silu.ts';
import { total } from './sum.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
});

afterAll(() => engine.close());

const points = [-6, -2.5, -1, -0.3, -1e-3, 1e-3, 0.4, 1.7, 5];

/** f, f' and f'' at the points. */
async function derivatives(f: (graph: GraphBuilder, x: Node) => Node): Promise<number[][]> {
  const graph = createGraph();
  const x = graph.input('x', [points.length]);
  const value = f(graph, x);
  const [first = x] = gradients(graph, total(graph, value), [x]);
  const [second = x] = gradients(graph, total(graph, first), [x]);
  const program = await engine.compile({ outputs: { value, first, second } });
  const answer = await program.run({ x: { shape: x.shape, data: Float64Array.from(points) } });
  return ['value', 'first', 'second'].map((name) => [...(answer[name]?.data ?? [])]);
}

function expectDerivatives(actual: number[][], formulas: readonly ((x: number) => number)[]): void {
  formulas.forEach((formula, order) => {
    points.forEach((x, i) => expect(actual[order]?.[i]).toBeCloseTo(formula(x), 14));
  });
}

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

describe('activations', () => {
  it('erf is exact to rounding', async () => {
    // From tables: erf(0.4), erf(1.7), erf(5).
    const [values = []] = await derivatives(erf);
    expect(values[6]).toBeCloseTo(0.4283923550466685, 15);
    expect(values[7]).toBeCloseTo(0.9837904585907746, 15);
    expect(values[8]).toBeCloseTo(0.9999999999984626, 15);
    expect(values[2]).toBeCloseTo(-0.8427007929497149, 15);
  });

  it('gelu', async () => {
    const [values = [], first = [], second = []] = await derivatives(gelu);
    points.forEach((x, i) => {
      const phi = x === 0 ? 0.5 : (values[i] ?? 0) / x;
      expect(first[i]).toBeCloseTo(phi + x * density(x), 13);
      expect(second[i]).toBeCloseTo((2 - x * x) * density(x), 14);
    });
    expect(values[2]).toBeCloseTo(-0.15865525393145707, 15);
  });

  it('gelu by tanh is within 5e-4 of the exact one', async () => {
    const exact = await derivatives(gelu);
    const approximate = await derivatives((graph, x) => gelu(graph, x, 'tanh'));
    approximate[0]?.forEach((value, i) => expect(Math.abs(value - (exact[0]?.[i] ?? 0))).toBeLessThan(5e-4));
    expect(approximate[0]?.[2]).toBeCloseTo(-0.15880800939172324, 15);
  });

  it('silu', async () => {
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    const slope = (x: number): number => sigmoid(x) * (1 - sigmoid(x));
    expectDerivatives(await derivatives(silu), [
      (x) => x * sigmoid(x),
      (x) => sigmoid(x) + x * slope(x),
      (x) => 2 * slope(x) + x * slope(x) * (1 - 2 * sigmoid(x)),
    ]);
  });

  it('leaky relu', async () => {
    expectDerivatives(await derivatives((graph, x) => leakyRelu(graph, x, 0.2)), [
      (x) => (x > 0 ? x : 0.2 * x),
      (x) => (x > 0 ? 1 : 0.2),
      () => 0,
    ]);
  });

  it('elu', async () => {
    expectDerivatives(await derivatives((graph, x) => elu(graph, x, 0.5)), [
      (x) => (x > 0 ? x : 0.5 * Math.expm1(x)),
      (x) => (x > 0 ? 1 : 0.5 * Math.exp(x)),
      (x) => (x > 0 ? 0 : 0.5 * Math.exp(x)),
    ]);
  });
});
