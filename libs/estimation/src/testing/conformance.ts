/** That an engine computes loss, gradient and products of every kind of network as PyTorch does in float64. */
import { relativeError } from '@ritz/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engines/Engine.ts';
import { createCurvature } from '../operator/createCurvature.ts';
import { netCases } from './netFixture.ts';

/** Registers a test for every fixture; `tolerance` is of relative errors. */
export function agreesWithPyTorch(label: string, open: () => Promise<Engine>, tolerance: number): void {
  describe(`${label} agrees with PyTorch float64`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await open();
    });
    afterAll(() => engine.close());

    it.each(netCases())('$name', async ({ options: problem, vectors, k, ...expected }) => {
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
}
