import { bulkAndOutliers, gaussians, referenceLanczos } from '@ritz/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { predictLoss, predictLossDecrease } from './predictLoss.ts';
import { expectedLoss, geometricSum, lossDecrease } from './quadraticModel.ts';

const bare = (nodes: number[], weights: number[], dimension = 10) => ({ dimension, probes: [{ nodes, weights }] });

describe('the quadratic model of one direction', () => {
  it('is the recursion E x² ← (1 − ηλ)² E x² + η² c', () => {
    const cases = fc.record({
      lambda: fc.double({ min: -3, max: 3, noNaN: true }),
      rate: fc.double({ min: 1e-6, max: 0.9, noNaN: true }),
      initialVariance: fc.double({ min: 0, max: 5, noNaN: true }),
      gradientVariance: fc.double({ min: 0, max: 5, noNaN: true }),
      steps: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(cases, ({ lambda, rate, initialVariance, gradientVariance, steps }) => {
        let variance = initialVariance;
        for (let t = 0; t < steps; t++) variance = (1 - rate * lambda) ** 2 * variance + rate ** 2 * gradientVariance;
        const loss = expectedLoss({ lambda, initialVariance, gradientVariance }, rate, steps);
        const exact = 0.5 * lambda * variance;
        expect(Math.abs(loss - exact)).toBeLessThanOrEqual(1e-10 * Math.abs(exact) + 1e-12);
      }),
      { seed: 21 },
    );
  });

  it.each([
    [0, 1000, 1000],
    [1e-18, 7, 7],
    [1, 5, 1],
    [0.5, 2, 1.25],
    [2, 9, 9],
    [3, 3, 1 + 4 + 16],
    [-1, 3, 1 + 4 + 16],
  ])('sums the powers of (1 − %d)² up to %i terms', (x, steps, exact) => {
    expect(geometricSum(x, steps)).toBeCloseTo(exact, 9);
  });

  it('has no cancellation for flat directions', () => {
    // g² η t to first order in λ.
    expect(lossDecrease(2, 1e-14, 0.1, 50) / (2 * 0.1 * 50)).toBeCloseTo(1, 10);
    expect(lossDecrease(2, 0, 0.1, 50)).toBeCloseTo(10, 12);
  });
});

describe('predictLoss', () => {
  it('of two directions is done by hand', () => {
    const spectrum = bare([1, 4], [0.5, 0.5], 2);
    const { noiseFree, noisy, floor, criticalRate } = predictLoss(spectrum, { learningRate: 0.25, steps: [0, 1, 2] });
    // ½ · 1 · 0.75^(2t) + ½ · 4 · 0^(2t)
    expect(noiseFree).toEqual([2.5, expect.closeTo(0.28125, 12), expect.closeTo(0.5 * 0.75 ** 4, 12)]);
    expect(noisy).toEqual(noiseFree);
    expect([floor, criticalRate]).toEqual([0, 0.5]);
  });

  it('agrees with descent that is simulated', () => {
    const rate = 0.3;
    const next = gaussians(5);
    const trials = 20_000;
    let loss = 0;
    for (let trial = 0; trial < trials; trial++) {
      for (const lambda of [0.5, 3]) {
        let x = next();
        for (let t = 0; t < 6; t++) x -= rate * (lambda * x + Math.sqrt(0.2 * lambda) * next());
        loss += (0.5 * lambda * x * x) / trials;
      }
    }
    const noise = { kind: 'curvature', scale: 0.2 } as const;
    const { noisy } = predictLoss(bare([0.5, 3], [0.5, 0.5], 2), { learningRate: rate, steps: [6], noise });
    expect(Math.abs((noisy[0] ?? NaN) / loss - 1)).toBeLessThan(0.03);
  });

  it('ends at its floor, and has none beyond the critical rate', () => {
    const spectrum = bare([0.5, 3], [0.5, 0.5], 2);
    const noise = { kind: 'isotropic', scale: 0.1 } as const;
    const stable = predictLoss(spectrum, { learningRate: 0.3, steps: [5000], noise });
    expect(stable.noisy[0]).toBeCloseTo(stable.floor ?? NaN, 12);
    expect(stable.floor).toBeGreaterThan(0);
    const diverging = predictLoss(spectrum, { learningRate: 0.7, steps: [1, 50], noise });
    expect(diverging.floor).toBeNull();
    expect(diverging.noiseFree[1]).toBeGreaterThan(100 * (diverging.noiseFree[0] ?? NaN));
    expect(diverging.criticalRate).toBeCloseTo(2 / 3, 12);
  });

  it('leaves out what has no minimum', () => {
    const spectrum = bare([-2, 0, 1], [0.25, 0.25, 0.5], 4);
    expect(predictLoss(spectrum, { learningRate: 0.1, steps: [0] }).noiseFree).toEqual([1]);
    const flat = predictLoss(bare([0], [1]), { learningRate: 0.1, steps: [3] });
    expect(flat).toMatchObject({ noiseFree: [0], floor: 0, criticalRate: null });
  });

  it.each<[Parameters<typeof predictLoss>[1], string]>([
    [{ learningRate: 0, steps: [1] }, 'learningRate: expected a number greater than 0, got 0'],
    [{ learningRate: NaN, steps: [1] }, 'got NaN'],
    [{ learningRate: 1, steps: [-1] }, 'steps: expected integers of at least 0, got -1'],
    [{ learningRate: 1, steps: [1.5] }, 'got 1.5'],
    [{ learningRate: 1, steps: [1], initialVariance: -1 }, 'initialVariance'],
    [{ learningRate: 1, steps: [1], noise: { kind: 'isotropic', scale: Infinity } }, 'noise.scale'],
  ])('refuses %j', (options, message) => {
    expect(() => predictLoss(bare([1], [1]), options)).toThrow(message);
  });
});

describe('predictLossDecrease', () => {
  it('is what gradient descent does on a quadratic, exactly for as many steps as Lanczos took', () => {
    const eigenvalues = bulkAndOutliers(100, [5, 3]);
    const next = gaussians(8);
    const start = eigenvalues.map(() => next());
    const gradient = start.map((x, i) => x * (eigenvalues[i] ?? 0));
    const squaredNorm = gradient.reduce((sum, g) => sum + g * g, 0);
    const loss = (x: readonly number[]): number =>
      x.reduce((sum, value, i) => sum + 0.5 * (eigenvalues[i] ?? 0) * value * value, 0);
    const energy = referenceLanczos(eigenvalues, { steps: 8, start: gradient });
    const steps = [0, 1, 4, 8];
    const predicted = predictLossDecrease(energy, squaredNorm, { learningRate: 0.2, steps });
    steps.forEach((t, i) => {
      let x = start;
      for (let step = 0; step < t; step++) x = x.map((value, j) => value * (1 - 0.2 * (eigenvalues[j] ?? 0)));
      expect(predicted[i]).toBeCloseTo(loss(start) - loss(x), 9);
    });
  });

  it('refuses a norm that is none', () => {
    expect(() => predictLossDecrease({ nodes: [1], weights: [1] }, -1, { learningRate: 1, steps: [1] })).toThrow(
      'squaredGradientNorm: expected a finite number of at least 0, got -1',
    );
  });
});
