/** Loss, gradient and products of every kind of network, against PyTorch in float64, on every engine that runs here. */
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine, type EngineOptions } from '../engines/createEngine.ts';
import type { Engine } from '../engines/Engine.ts';
import { probeEngines } from '../engines/probeEngines.ts';
import { netCases } from '../testing/netFixture.ts';
import { relativeError } from '../testing/relativeError.ts';
import { createCurvature } from './createCurvature.ts';

const usable = (await probeEngines()).filter((probe) => probe.usable).map(({ engine }) => engine);
const engines: (EngineOptions & { readonly label: string; readonly tolerance: number })[] = [
  { label: 'onnx-cpu float64', engine: 'onnx-cpu', precision: 'float64', tolerance: 1e-12 },
  ...usable.map((engine) => ({ label: `${engine} float32`, engine, tolerance: 1e-5 })),
];

describe.each(engines)('$label agrees with PyTorch float64', ({ label: _, tolerance, ...options }) => {
  let opened: Promise<Engine> | undefined;
  const open = (): Promise<Engine> => (opened ??= createEngine({ ...options, threads: 1 }));
  afterAll(async () => (await opened)?.close());

  it.each(netCases())('$name', async ({ options: problem, vectors, k, ...expected }) => {
    const engine = await open();
    const curvature = await createCurvature({ ...problem, engine });
    expect(curvature.dimension).toBe(expected.gradient.length);
    expect(Math.abs((await curvature.loss()) - expected.value) / expected.value).toBeLessThan(tolerance);
    expect(relativeError(await curvature.gradient(), expected.gradient)).toBeLessThan(tolerance);
    const float = engine.precision === 'float64' ? vectors : Float32Array.from(vectors);
    const products = await curvature.apply(float, k);
    await curvature.release();
    expect(relativeError(products, expected.products)).toBeLessThan(tolerance);
  });
});

it('runs on the two engines that every machine has', () => {
  expect(usable).toEqual(expect.arrayContaining(['onnx-cpu', 'tfjs-wasm']));
});
