/** P^(-1/2) A P^(-1/2) of every operator, against the matrix made dense. */
import { exactSpectrum } from '@ritz/lanczos';
import { lcg, relativeError } from '@ritz/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import { netCases } from '../testing/netFixture.ts';
import { createCurvature } from './createCurvature.ts';
import { preconditioned } from './preconditioned.ts';

const engine = createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
afterAll(async () => (await engine).close());

const cases = new Map(netCases().map((one) => [one.name, one]));
const named = async (name: string) => {
  const found = cases.get(name);
  if (!found) throw new Error(`no fixture is named ${name}`);
  return createCurvature({ ...found.options, engine: await engine });
};
/** Positive, over two decades. */
const diagonalOf = (n: number): Float64Array =>
  lcg(3)
    .uniform(n)
    .map((x) => 10 ** x);

describe.each([
  'squared error',
  'binary cross entropy, ggn',
  'soft labels, residual',
  'squared error, fisher',
  'squared error, gradient covariance',
  'a block of one layer, ggn',
])('%s, preconditioned', (name) => {
  it('scales rows and columns of the dense matrix, and the gradient', async () => {
    const curvature = await named(name);
    const n = curvature.dimension;
    const p = diagonalOf(n);
    const operator = preconditioned(curvature, p);
    const identity = new Float64Array(n * n);
    for (let i = 0; i < n; i++) identity[i * n + i] = 1;
    const plain = await curvature.apply(identity, n);
    const expected = plain.map((value, at) => value / Math.sqrt((p[at % n] ?? 0) * (p[Math.floor(at / n)] ?? 0)));
    expect(relativeError(await operator.apply(identity, n), Float64Array.from(expected))).toBeLessThan(1e-14);
    const gradient = (await curvature.gradient()).map((value, i) => value / Math.sqrt(p[i] ?? 0));
    expect(relativeError(await operator.gradient(), gradient)).toBeLessThan(1e-15);
    expect(identity[0]).toBe(1);
    await curvature.release();
  });
});

describe.each(['binary cross entropy, ggn', 'squared error, gradient covariance'])('%s, preconditioned', (name) => {
  it('stays positive semidefinite', async () => {
    const curvature = await named(name);
    const { eigenvalues } = await exactSpectrum(preconditioned(curvature, diagonalOf(curvature.dimension)));
    await curvature.release();
    expect((eigenvalues[0] ?? 0) / (eigenvalues.at(-1) ?? 0)).toBeGreaterThan(-1e-13);
  });
});

describe('a preconditioner', () => {
  it.each([
    [(n: number) => new Float64Array(n - 1).fill(1), /^preconditioner: expected \d+ numbers, .* got \d+\.$/],
    [(n: number) => new Float64Array(n).fill(1).fill(0, 4, 5), 'preconditioner[4]: expected a positive number, got 0.'],
    [
      (n: number) => new Float64Array(n).fill(1).fill(-2, 0, 1),
      'preconditioner[0]: expected a positive number, got -2.',
    ],
    [
      (n: number) => new Float64Array(n).fill(1).fill(NaN, 1, 2),
      'preconditioner[1]: expected a positive number, got NaN.',
    ],
  ])('of another length or sign is refused', async (diagonal, message) => {
    const curvature = await named('squared error');
    expect(() => preconditioned(curvature, diagonal(curvature.dimension))).toThrow(message);
    await curvature.release();
  });
});
