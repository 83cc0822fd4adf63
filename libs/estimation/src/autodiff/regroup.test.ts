import { describe, expect, it } from 'vitest';
import { createGraph } from '../graph/createGraph.ts';
import { topologicalOrder, type Node } from '../graph/Node.ts';
import { add } from '../ops/add.ts';
import { multiply } from '../ops/multiply.ts';
import { tanh } from '../ops/tanh.ts';
import { regroupFactors } from './regroup.ts';

/** An expression as text. */
function show({ op, name, operands }: Node): string {
  return name ?? `${op}(${operands.map(show).join(', ')})`;
}

describe('regroupFactors', () => {
  const graph = createGraph();
  const [p, q] = [graph.input('p', [1, 4]), graph.input('q', [1, 4])];
  const scalar = graph.input('scalar', []);
  const v = graph.input('v', [3, 4]);
  const regrouped = (output: Node): string => regroupFactors(graph, [output], [v]).map(show).join();

  it('multiplies what does not vary first, whichever way round', () => {
    expect(regrouped(tanh(graph, multiply(graph, multiply(graph, v, p), q)))).toBe('tanh(multiply(v, multiply(p, q)))');
    expect(regrouped(multiply(graph, p, multiply(graph, q, v)))).toBe('multiply(v, multiply(p, q))');
  });

  it('makes one product of three factors', () => {
    const chain = multiply(graph, multiply(graph, multiply(graph, v, p), q), tanh(graph, q));
    expect(regrouped(chain)).toBe('multiply(v, multiply(multiply(p, q), tanh(q)))');
  });

  it('leaves alone what would be computed twice, and factors of different size', () => {
    const shared = multiply(graph, v, p);
    expect(regrouped(add(graph, multiply(graph, shared, q), shared))).toBe(
      'add(multiply(multiply(v, p), q), multiply(v, p))',
    );
    const scaled = multiply(graph, multiply(graph, v, p), scalar);
    expect(regrouped(scaled)).toBe('multiply(multiply(v, p), scalar)');
    expect(topologicalOrder([scaled])).toHaveLength(5);
  });
});
