import { describe, expect, it } from 'vitest';
import { add } from '../ops/add.ts';
import { multiply } from '../ops/multiply.ts';
import { tanh } from '../ops/tanh.ts';
import { emissionOrder, executionOrder } from './executionOrder.ts';
import { createGraph } from './createGraph.ts';
import type { Node } from './Node.ts';

describe('executionOrder', () => {
  const graph = createGraph();
  const [x, v] = [graph.input('x', [2]), graph.input('v', [2])];
  const deep = tanh(graph, tanh(graph, x));
  const shallow = multiply(graph, v, v);
  const sum = add(graph, shallow, deep);
  const last = tanh(graph, deep);
  const outputs = { outputs: { sum, last } };
  const names = new Map(
    [x, v, deep, shallow, sum, last].map(({ id }, i) => [id, ['x', 'v', 'deep', 'shallow', 'sum', 'last'][i]]),
  );
  const show = (order: readonly Node[]): string => order.flatMap(({ id }) => names.get(id) ?? []).join(' ');

  it('computes the last output first, and what is computed from little when it is needed', () => {
    expect(show(executionOrder(outputs))).toBe('x deep last v shallow sum');
    expect(show(executionOrder({ outputs: { sum } }))).toBe('x deep v shallow sum');
  });

  it('is emitted the other way round', () => {
    expect(show(emissionOrder(outputs))).toBe('v shallow x deep sum last');
    expect(show(emissionOrder({ outputs: { sum } }))).toBe('v shallow x deep sum');
  });
});
