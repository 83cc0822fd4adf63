import type { Precision } from '@ritz/lanczos';
import { relativeError } from '@ritz/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../engines/createEngine.ts';
import type { Engine } from '../../engines/Engine.ts';
import { forwardGraph } from '../../model/buildLoss.ts';
import { batchesOf } from '../../model/Examples.ts';
import { feedsOf } from '../../model/flatVector.ts';
import { createCurvature } from '../../operator/createCurvature.ts';
import { inOrderOf, onnxCases } from '../../testing/onnxFixture.ts';
import { readOnnx } from './readOnnx.ts';

const tolerance: Readonly<Record<Precision, number>> = { float64: 1e-12, float32: 1e-5 };
const engines = new Map<Precision, Engine>();

beforeAll(async () => {
  for (const precision of ['float64', 'float32'] as const) {
    engines.set(precision, await createEngine({ engine: 'onnx-cpu', precision, threads: 1 }));
  }
});
afterAll(async () => {
  for (const engine of engines.values()) await engine.close();
});

const cases = onnxCases().flatMap((fixture) => fixture.modes.map((mode) => ({ ...fixture, file: fixture.name, mode })));

describe.each(cases)('$file.onnx (batch norm: $mode.batchNorm)', (fixture) => {
  const { loss, mode, examples, inputs, targets } = fixture;
  const read = () => readOnnx(fixture.bytes, { inputShape: fixture.inputShape });

  it('has the parameters of the PyTorch module', () => {
    const names = fixture.parameters.map(({ name }) => name);
    expect(
      read()
        .model.parameters.map(({ name }) => name)
        .sort(),
    ).toEqual(names.sort());
  });

  it.each(['float64', 'float32'] as const)('agrees with PyTorch float64 in %s', async (precision) => {
    const { model, parameters, buffers } = read();
    const problem = { model, loss, batchNorm: mode.batchNorm };
    const engine = engines.get(precision);
    if (!engine) throw new Error('the engine did not start');
    const within = tolerance[precision];
    const forward = await engine.compile(forwardGraph(problem, examples));
    const [batch] = batchesOf(problem, { inputs, targets }, examples, examples, precision);
    const result = await forward.run({
      ...batch?.feeds,
      ...feedsOf(model.parameters, parameters, precision, 'parameter'),
      ...feedsOf(model.buffers, buffers, precision, 'buffer'),
    });
    expect(relativeError(result['outputs']?.data ?? [], mode.outputs)).toBeLessThan(within);

    const curvature = await createCurvature({ ...problem, engine, parameters, buffers, inputs, targets });
    expect(Math.abs((await curvature.loss()) / mode.loss - 1)).toBeLessThan(within);
    const gradient = inOrderOf(model, fixture, mode.gradient);
    expect(relativeError(await curvature.gradient(), gradient)).toBeLessThan(within);
    const direction = inOrderOf(model, fixture, fixture.direction);
    const typed = precision === 'float64' ? direction : Float32Array.from(direction);
    const product = inOrderOf(model, fixture, mode.product);
    expect(relativeError(await curvature.apply(typed, 1), product)).toBeLessThan(within);
    await curvature.release();
    await forward.release();
  });
});
