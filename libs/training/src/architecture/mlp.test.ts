import { createEngine, createObjective, parameterCount, type Engine } from '@ritz/estimation';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { initialParameters } from './initialParameters.ts';
import { mlp } from './mlp.ts';

describe('mlp', () => {
  it('784-20-10 has the 15,910 parameters of the paper’s validation net', () => {
    const model = mlp({ layers: [784, 20, 10] });
    expect(parameterCount(model)).toBe(15_910);
    expect(model.name).toBe('mlp-784-20-10-relu');
    expect(model.parameters.map(({ name, shape }) => `${name} ${shape.join('×')}`)).toEqual([
      'dense0.weight 784×20',
      'dense0.bias 20',
      'dense1.weight 20×10',
      'dense1.bias 10',
    ]);
  });

  it.each([[[]], [[5]], [[5, 0, 2]], [[5, 2.5]]])('refuses the layers %j', (layers) => {
    expect(() => mlp({ layers })).toThrow(`got [${layers.join(', ')}]`);
  });
});

describe('the loss of an mlp', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
  });
  afterAll(() => engine.close());

  it.each([
    ['relu', (x: number) => Math.max(0, x)],
    ['tanh', Math.tanh],
  ] as const)('is the mean cross-entropy of the net, with %s', async (activation, activate) => {
    const model = mlp({ layers: [2, 3, 2], activation });
    const parameters = initialParameters(model, 4).map((value, i) => value + 0.1 * Math.sin(i));
    const inputs = Float64Array.from([0.5, -1, 2, 0.25, -0.75, 1.5]);
    const labels = Int32Array.from([1, 0, 1]);
    const at = (i: number): number => parameters[i] ?? 0;
    let expected = 0;
    for (const [row, label] of labels.entries()) {
      const hidden = [0, 1, 2].map((unit) =>
        activate([0, 1].reduce((sum, i) => sum + (inputs[2 * row + i] ?? 0) * at(3 * i + unit), at(6 + unit))),
      );
      const logits = [0, 1].map((unit) => hidden.reduce((sum, h, i) => sum + h * at(9 + 2 * i + unit), at(15 + unit)));
      expected += (Math.log(logits.reduce((sum, z) => sum + Math.exp(z), 0)) - (logits[label] ?? 0)) / 3;
    }
    const objective = await createObjective(engine, { model, loss: { kind: 'softmaxCrossEntropy' } }, 3);
    const { loss } = await objective.gradient({ parameters }, inputs, labels);
    await objective.release();
    expect(loss).toBeCloseTo(expected, 14);
  });
});

describe('initialParameters', () => {
  const model = mlp({ layers: [784, 20, 10] });
  const parameters = initialParameters(model, 1);

  it('are a function of the seed', () => {
    expect(initialParameters(model, 1)).toEqual(parameters);
    expect(initialParameters(model, 2)).not.toEqual(parameters);
  });

  it('have variance 2 / fan-in and biases 0', () => {
    const first = parameters.subarray(0, 15_680);
    const variance = first.reduce((sum, value) => sum + value * value, 0) / first.length;
    expect(Math.abs(variance * (784 / 2) - 1)).toBeLessThan(0.05);
    expect(Math.max(...first.map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 784));
    expect([...parameters.subarray(15_680, 15_700), ...parameters.subarray(15_900)]).toEqual(new Array(30).fill(0));
    const second = parameters.subarray(15_700, 15_900);
    expect(second.every((value) => Math.abs(value) <= Math.sqrt(6 / 20))).toBe(true);
    expect(second.some((value) => Math.abs(value) > 0.9 * Math.sqrt(6 / 20))).toBe(true);
  });
});
