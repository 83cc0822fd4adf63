/** What holds of every curvature matrix, in float64. */
import { exactSpectrum } from '@ritz/lanczos';
import { relativeError } from '@ritz/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import { elementCount } from '../model/Model.ts';
import { netCases, type NetCase } from '../testing/netFixture.ts';
import { createCurvature, type Curvature, type CurvatureOptions } from './createCurvature.ts';

const engine = createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
afterAll(async () => (await engine).close());

const cases = netCases();

function named(name: string): NetCase {
  const found = cases.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no fixture is named ${name}`);
  return found;
}

async function open({ options }: NetCase, changes: Partial<CurvatureOptions> = {}): Promise<Curvature> {
  return createCurvature({ ...options, engine: await engine, ...changes });
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

describe.each(cases)('$name', (fixture) => {
  const { vectors, k } = fixture;
  const n = vectors.length / k;

  it('is symmetric to rounding, and gives the same bits again', async () => {
    const curvature = await open(fixture);
    const products = await curvature.apply(vectors, k);
    expect(await curvature.apply(vectors, k)).toEqual(products);
    await curvature.release();
    const [u, v] = [vectors.subarray(0, n), vectors.subarray(n)];
    const [pu, pv] = [products.subarray(0, n), products.subarray(n)];
    const size = Math.sqrt(dot(u, u) * dot(pv, pv));
    expect(Math.abs(dot(u, pv) - dot(v, pu)) / size).toBeLessThan(1e-13);
  });
});

/**
 * Softmax of C logits has curvature in C − 1 directions per example, independent labels in each; the Fisher matrix one per example, and
 * the covariance one per mini-batch but for the mean.
 */
describe.each([
  { name: 'binary cross entropy, ggn', rank: 21 },
  { name: 'convolutions and pooling, ggn', rank: 10 },
  { name: 'a block of one layer, ggn', rank: 12 },
  { name: 'convolutions and pooling, fisher', rank: 5 },
  { name: 'a block of one layer, fisher', rank: 6 },
  { name: 'squared error, gradient covariance', rank: 2 },
])('$name', ({ name, rank }) => {
  it('is positive semidefinite, its rank at most that of the outputs', async () => {
    const curvature = await open(named(name));
    const { eigenvalues } = await exactSpectrum(curvature);
    await curvature.release();
    const largest = eigenvalues.at(-1) ?? 0;
    expect(largest).toBeGreaterThan(0);
    expect((eigenvalues[0] ?? 0) / largest).toBeGreaterThan(-1e-14);
    expect(eigenvalues.filter((value) => value > 1e-12 * largest).length).toBeLessThanOrEqual(rank);
  });
});

describe('an operator that there is not', () => {
  it.each<[string, Partial<CurvatureOptions>, string]>([
    [
      'residual net, batch statistics',
      { operator: 'fisher' },
      'operator: fisher has no meaning here: the examples of a batch',
    ],
    [
      'squared error',
      { operator: 'gradient-covariance' },
      'microBatch: expected the size of the mini-batches, less than 7, got nothing.',
    ],
    ['squared error', { operator: 'gradient-covariance', microBatch: 7 }, 'less than 7, got 7.'],
    [
      'squared error',
      { operator: 'residual', loss: { kind: 'absoluteError' } },
      'operator: residual has no meaning here: the second',
    ],
  ])('is refused: %s, %j', async (name, changes, message) => {
    await expect(open(named(name), changes)).rejects.toThrow(message);
  });
});

describe('blocks', () => {
  it('are the rows and columns of the whole matrix', async () => {
    const fixture = named('residual net, batch statistics');
    const { model } = fixture.options;
    const chosen = (name: string): boolean => name.startsWith('block1.');
    const block = await open(fixture, { block: chosen });
    const whole = await open(fixture);
    const inBlock = Uint8Array.from(
      model.parameters.flatMap((tensor) => new Array<number>(elementCount([tensor])).fill(chosen(tensor.name) ? 1 : 0)),
    );
    const restrict = (vector: Float64Array): Float64Array => vector.filter((_, i) => inBlock[i] === 1);
    const vector = fixture.vectors.subarray(0, whole.dimension).map((x, i) => x * (inBlock[i] ?? 0));
    const expected = restrict(Float64Array.from(await whole.apply(vector, 1)));
    expect(block.dimension).toBe(expected.length);
    expect(relativeError(await block.apply(restrict(vector), 1), expected)).toBeLessThan(1e-13);
    expect(relativeError(await block.gradient(), restrict(Float64Array.from(await whole.gradient())))).toBeLessThan(
      1e-13,
    );
    await block.release();
    await whole.release();
  });

  it.each([
    [['dense7.weight'], 'block: "dense7.weight" is not a parameter; Mlp has dense0.weight, dense0.bias'],
    [() => false, 'block: no parameter is selected; Mlp has dense0.weight'],
  ])('say what there is to choose from', async (block, message) => {
    await expect(open(named('squared error'), { block })).rejects.toThrow(message);
  });
});

describe('micro-batches', () => {
  it.each(['residual net, running statistics', 'residual net, population statistics', 'attention'])(
    'do not change, kept or computed anew: %s',
    async (name) => {
      const fixture = named(name);
      const kept = await open(fixture, { microBatch: 2, vectorsPerPass: 1 });
      const { activations, workspace, vectors } = kept.memory;
      await kept.release();
      // Too little to keep the activations of all three micro-batches.
      const memory = activations + workspace + vectors - 1;
      const split = await open(fixture, { microBatch: 2, vectorsPerPass: 1, memory });
      expect([kept.memory.keepAll, split.memory.keepAll]).toEqual([true, false]);
      expect(relativeError(await split.apply(fixture.vectors, fixture.k), fixture.products)).toBeLessThan(1e-12);
      expect(relativeError(await split.gradient(), fixture.gradient)).toBeLessThan(1e-12);
      await split.release();
    },
  );
});

describe('options', () => {
  it('running statistics need buffers', async () => {
    const { buffers: _, ...options } = named('residual net, running statistics').options;
    const made = createCurvature({ ...options, engine: await engine });
    await expect(made).rejects.toThrow('buffers: ResNet has 12 of them (42 numbers)');
  });

  it('weight decay is not negative', async () => {
    const made = open(named('squared error'), { weightDecay: { coefficient: -1 } });
    await expect(made).rejects.toThrow('weightDecay.coefficient: expected a number of at least 0, got -1.');
  });

  it('label smoothing is below 1', async () => {
    const loss = { kind: 'softmaxCrossEntropy', labelSmoothing: 1 } as const;
    const made = open(named('convolutions and pooling'), { loss });
    await expect(made).rejects.toThrow('labelSmoothing: expected a number from 0 to below 1, got 1.');
  });

  it('a pass that cannot fit the memory says so at once', async () => {
    const made = open(named('convolutions and pooling'), { memory: 10_000 });
    await expect(made).rejects.toThrow(/^A pass of 5 examples × 16 vectors takes about [\d.]+ MB .* only 0.0100 MB/);
  });
});
