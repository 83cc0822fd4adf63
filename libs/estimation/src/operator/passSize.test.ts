import { relativeError } from '@ritz/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import { netCases } from '../testing/netFixture.ts';
import { createCurvature } from './createCurvature.ts';
import { measurePassSize } from './measurePassSize.ts';
import { activationNumbers } from './footprint.ts';
import { choosePassSize } from './passSize.ts';

const engine = createEngine({ engine: 'onnx-cpu', threads: 1 });
afterAll(async () => (await engine).close());

const cases = new Map(netCases().map((fixture) => [fixture.name, fixture]));

function named(name: string): ReturnType<typeof netCases>[number] {
  const found = cases.get(name);
  if (!found) throw new Error(`no fixture is named ${name}`);
  return found;
}

describe('choosePassSize', () => {
  // The largest activation of the net has 4 · 8 · 8 numbers, so that 8192 pairs of example and vector make 2²¹.
  const { options } = named('convolutions and pooling');

  it('takes all of a few examples of a small net, and sixteen vectors', () => {
    expect(choosePassSize(options, 32, {})).toEqual({ microBatch: 32, vectorsPerPass: 16 });
  });

  it('cuts more of them in two, for two lanes', () => {
    expect(choosePassSize(options, 101, {})).toEqual({ microBatch: 51, vectorsPerPass: 16 });
  });

  it('cuts the examples so that the largest tensor has at most 2²¹ numbers', () => {
    expect(choosePassSize(options, 100_000, {})).toEqual({ microBatch: 1024, vectorsPerPass: 8 });
  });

  it('never cuts examples that their statistics tie together, but the vectors', () => {
    const tied = named('residual net, batch statistics').options;
    expect(choosePassSize(tied, 4000, {})).toEqual({ microBatch: 4000, vectorsPerPass: 4 });
    expect(choosePassSize({ ...tied, batchNorm: 'running' }, 4000, {}).microBatch).toBeLessThan(4000);
  });

  it('makes no pass for more vectors than there are, and passes of about the same number', () => {
    expect(choosePassSize(options, 100_000, { vectors: 1 })).toEqual({ microBatch: 8192, vectorsPerPass: 1 });
    expect(choosePassSize(options, 100_000, { vectors: 10 })).toEqual({ microBatch: 1638, vectorsPerPass: 5 });
    expect(choosePassSize(options, 32, { vectors: 10, vectorsPerPass: 8 }).vectorsPerPass).toBe(5);
  });

  it('takes so many examples that their activations outweigh a vector, and fewer vectors where these are long', () => {
    const { total } = activationNumbers(options);
    const entries = 100 * total;
    expect(choosePassSize(options, 400, { entries })).toEqual({ microBatch: 200, vectorsPerPass: 16 });
    expect(choosePassSize(options, 398, { entries })).toEqual({ microBatch: 398, vectorsPerPass: 16 });
    expect(choosePassSize(options, 32, { entries: 2 ** 24 }).vectorsPerPass).toBe(4);
    expect(choosePassSize(options, 32, { entries: 2 ** 24, vectors: 10 }).vectorsPerPass).toBe(4);
    expect(choosePassSize(options, 32, { entries: 2 ** 28 }).vectorsPerPass).toBe(1);
  });

  it('does what it is asked', () => {
    expect(choosePassSize(options, 100, { microBatch: 30, vectorsPerPass: 3 })).toEqual({
      microBatch: 30,
      vectorsPerPass: 3,
    });
    expect(() => choosePassSize(options, 100, { microBatch: 0 })).toThrow(
      'microBatch: expected an integer of at least 1, got 0.',
    );
    expect(() => choosePassSize(options, 100, { vectors: 0 })).toThrow('vectors: expected an integer');
  });
});

describe('measurePassSize', () => {
  it('gives a size that computes the same product, and remembers it', async () => {
    const { options, vectors, k, products } = named('residual net, running statistics');
    const asked = { ...options, engine: await engine };
    const size = await measurePassSize(asked);
    expect(await measurePassSize(asked)).toBe(size);
    const curvature = await createCurvature({ ...asked, ...size });
    expect(relativeError(await curvature.apply(Float32Array.from(vectors), k), products)).toBeLessThan(1e-5);
    await curvature.release();
  });

  it('says what is needed when nothing fits', async () => {
    const { options } = named('attention');
    const measured = measurePassSize({ ...options, engine: await engine, memory: 1000 });
    await expect(measured).rejects.toThrow(/^A pass of 3 examples × 16 vectors takes about/);
  });
});
