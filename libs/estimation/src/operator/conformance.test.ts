/** Loss, gradient and products of every kind of network, against PyTorch in float64, on every engine that runs here. */
import { expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import { checkEngines } from '../engines/checkEngines.ts';
import { agreesWithPyTorch } from '../testing/conformance.ts';

const usable = (await checkEngines()).filter((check) => check.usable).map(({ engine }) => engine);

agreesWithPyTorch(
  'onnx-cpu float64',
  () => createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 }),
  1e-12,
);
for (const engine of usable) agreesWithPyTorch(`${engine} float32`, () => createEngine({ engine, threads: 1 }), 1e-5);

it('runs on the two engines that every machine has', () => {
  expect(usable).toEqual(expect.arrayContaining(['onnx-cpu', 'tfjs-wasm']));
});
