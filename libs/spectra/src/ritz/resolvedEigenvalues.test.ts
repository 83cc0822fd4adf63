import { bulkAndOutliers, gaussians, referenceLanczos, referenceProbes } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { mergeGhosts } from './ghosts.ts';
import { resolveEigenvalues } from './resolvedEigenvalues.ts';
import { quadrature } from './ritzDecomposition.ts';

const n = 400;
const eigenvalues = bulkAndOutliers(n, [50, 20, 19.5, 8]);

describe('resolveEigenvalues', () => {
  it.each([1, 2, 10])('finds the isolated eigenvalues with %i probes, each once', (k) => {
    const { resolved } = resolveEigenvalues({
      dimension: n,
      probes: referenceProbes(eigenvalues, { steps: 40, probes: k }),
    });
    const top = resolved.slice(-4);
    top.forEach(({ value, residual, multiplicity, positions }, i) => {
      const exact = [8, 19.5, 20, 50][i] ?? NaN;
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(residual + 1e-10);
      expect(multiplicity).toBe(1);
      expect(positions.length).toBe(k);
      expect(positions).not.toContain(-1);
    });
    expect(
      resolved.every(({ value, residual }) => eigenvalues.some((x) => Math.abs(x - value) <= residual + 1e-10)),
    ).toBe(true);
  });

  it('resolves no node of a bulk that it cannot tell apart', () => {
    const { resolved } = resolveEigenvalues({
      dimension: n,
      probes: referenceProbes(eigenvalues, { steps: 25, probes: 10 }),
    });
    expect(resolved.filter(({ value }) => value > -0.05 && value < 0.95)).toEqual([]);
  });

  it('estimates the multiplicity of an eigenvalue that is repeated often', () => {
    const repeated = [...bulkAndOutliers(300, []), ...new Array<number>(100).fill(7)];
    const { resolved } = resolveEigenvalues({
      dimension: n,
      probes: referenceProbes(repeated, { steps: 30, probes: 10 }),
    });
    const top = resolved.at(-1);
    expect(top?.value).toBeCloseTo(7, 9);
    expect(Math.abs((top?.multiplicity ?? 0) - 100)).toBeLessThan(4 * 100 * Math.sqrt(2 / (100 * 10)));
  });

  it('needs residuals', () => {
    const probes = referenceProbes(eigenvalues, { steps: 40, probes: 3 });
    const cut = probes.map(({ alpha, beta }) => ({ alpha, beta: Array.from(beta).slice(0, -1) }));
    expect(resolveEigenvalues({ dimension: n, probes: cut }).resolved).toEqual([]);
    const bare = probes.map((probe) => quadrature(probe));
    expect(
      resolveEigenvalues({ dimension: n, probes: bare.map(({ nodes, weights }) => ({ nodes, weights })) }).resolved,
    ).toEqual([]);
  });

  it.each([
    [
      { dimension: 0, probes: [{ alpha: [1], beta: [0] }] },
      'BAD_OPTION',
      'dimension: expected the number of parameters, at least 1, got 0',
    ],
    [{ dimension: 3, probes: [] }, 'EMPTY', 'has no probe'],
    [{ dimension: 3, probes: [{ alpha: [], beta: [] }] }, 'EMPTY', 'probes[0].alpha is empty'],
    [
      { dimension: 3, probes: [{ alpha: [1, 2], beta: [] }] },
      'BAD_LENGTH',
      'expected 2 or 1 entries for 2 entries of alpha',
    ],
    [{ dimension: 3, probes: [{ alpha: [1, NaN], beta: [1] }] }, 'NON_FINITE', 'probes[0].alpha[1] is NaN'],
    [{ dimension: 3, probes: [{ nodes: [], weights: [] }] }, 'EMPTY', 'probes[0].nodes is empty'],
    [{ dimension: 3, probes: [{ nodes: [1, 2], weights: [1] }] }, 'BAD_LENGTH', '2 nodes but 1 weights'],
    [{ dimension: 3, probes: [{ nodes: [1, 2], weights: [1.5, -0.5] }] }, 'BAD_OPTION', 'weights[1] is -0.5'],
    [{ dimension: 3, probes: [{ nodes: [1, 2], weights: [0.5, 0.6] }] }, 'BAD_OPTION', 'expected 1'],
  ])('refuses %j', (spectrum, code, message) => {
    expect(() => resolveEigenvalues(spectrum)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
    );
  });
});

describe('mergeGhosts', () => {
  const next = gaussians(4);
  const start = eigenvalues.map(() => next());
  const run = (reorthogonalise: boolean) =>
    quadrature(referenceLanczos(eigenvalues, { steps: 120, start, reorthogonalise }));

  it('makes one node of the copies, with the weight of the eigenvalue', () => {
    const ghosted = run(false);
    const copies = [...ghosted.nodes].filter((node) => Math.abs(node - 50) < 1e-6).length;
    expect(copies).toBeGreaterThan(1);
    const merged = mergeGhosts(ghosted);
    const whole = run(true);
    expect([...merged.nodes].filter((node) => node > 2).map((node) => node.toFixed(6))).toEqual(
      [...whole.nodes].filter((node) => node > 2).map((node) => node.toFixed(6)),
    );
    expect(merged.weights.at(-1)).toBeCloseTo(whole.weights.at(-1) ?? NaN, 9);
    expect(merged.weights.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
  });

  it('leaves a quadrature without ghosts as it is', () => {
    const whole = run(true);
    expect(mergeGhosts(whole)).toBe(whole);
  });
});
