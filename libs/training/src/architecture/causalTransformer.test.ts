import { createEngine, evaluateOutputs, parameterBlocks, parameterCount, type Engine } from '@ritz/estimation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { causalTransformer } from './causalTransformer.ts';
import { initialParameters } from './initialParameters.ts';

const [context, vocabulary, dimension, depth] = [6, 11, 8, 2];
const model = causalTransformer({ context, vocabulary, depth, dimension, heads: 2 });
let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
});
afterAll(() => engine.close());

async function logitsOf(tokens: readonly number[]): Promise<Float64Array> {
  const problem = {
    model,
    loss: { kind: 'softmaxCrossEntropy' } as const,
    inputs: Float32Array.from(tokens),
    targets: new Int32Array(context),
    parameters: initialParameters(model, 4),
  };
  const { data, shape } = await evaluateOutputs(engine, problem, 1);
  expect(shape).toEqual([1, context, vocabulary]);
  return Float64Array.from(data);
}

describe('the causal transformer', () => {
  it('sees at each token those before it and none behind', async () => {
    const before = await logitsOf([1, 2, 3, 4, 5, 6]);
    const changed = await logitsOf([1, 2, 3, 10, 5, 6]);
    const row = (logits: Float64Array, token: number): Float64Array =>
      logits.slice(token * vocabulary, (token + 1) * vocabulary);
    for (const token of [0, 1, 2]) expect(row(changed, token)).toEqual(row(before, token));
    for (const token of [3, 4, 5]) expect(row(changed, token)).not.toEqual(row(before, token));
  });

  it('has the parameters of its description, in blocks by their names', () => {
    const block = 12 * dimension ** 2 + 13 * dimension;
    expect(parameterCount(model)).toBe(
      (vocabulary + context) * dimension + depth * block + 2 * dimension + (dimension + 1) * vocabulary,
    );
    const blocks = parameterBlocks(model, { query: '*.query.*', mlp: '*.mlp.*', embedding: ['embedding', 'position'] });
    expect(blocks.map(({ name, parameters }) => [name, parameters.length])).toEqual([
      ['embedding', 2],
      ['query', 2 * depth],
      ['mlp', 4 * depth],
    ]);
  });

  it('refuses heads that do not divide the dimension', () => {
    expect(() => causalTransformer({ context, vocabulary, depth, dimension, heads: 3 })).toThrow(
      'dimension: expected a multiple of the 3 heads, got 8.',
    );
  });
});
