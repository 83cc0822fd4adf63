/**
 * The estimates against a spectrum that is known exactly: 3,010 parameters, PyTorch's Hessian, LAPACK's eigenvalues. Random
 * probes see the same of a matrix and of its diagonal form, so that many seeds are run on the eigenvalues, and one on the net.
 */
import { lanczos, type ProbeResult } from '@ritz/lanczos';
import {
  density,
  outlierError,
  outliers,
  spectralDistances,
  trace,
  type MeasuredSpectrum,
  type QuadratureMethod,
} from '@ritz/spectra';
import { diagonalOperator } from '@ritz/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import type { Engine } from '../engines/Engine.ts';
import { createCurvature, type Curvature } from './createCurvature.ts';
import { knownSpectrum } from '../testing/spectrumFixture.ts';

const points = { initial: knownSpectrum('initial'), trained: knownSpectrum('trained') };
type Point = keyof typeof points;

/** What fewer steps and probes would have measured: the leading part of each tridiagonal is the tridiagonal of fewer steps. */
function part(probes: readonly ProbeResult[], k: number, m: number): MeasuredSpectrum {
  return {
    dimension: 3010,
    probes: probes.slice(0, k).map(({ alpha, beta }) => ({ alpha: alpha.slice(0, m), beta: beta.slice(0, m) })),
  };
}

interface Errors {
  readonly l1: number;
  readonly outliers: number;
  readonly w1: number;
}

function errorsOf(spectrum: MeasuredSpectrum, point: Point, method: QuadratureMethod): Errors {
  const { exact } = points[point];
  const options = { smoothing: { kind: 'paper' }, method } as const;
  const { l1, wasserstein1 } = spectralDistances(spectrum, exact, options);
  return { l1, outliers: outlierError(spectrum, exact, options), w1: wasserstein1.value };
}

function meanOf(errors: readonly Errors[]): Errors {
  const mean = (value: (error: Errors) => number): number =>
    errors.reduce((sum, error) => sum + value(error), 0) / errors.length;
  return { l1: mean(({ l1 }) => l1), outliers: mean((error) => error.outliers), w1: mean(({ w1 }) => w1) };
}

describe('over seeds', () => {
  const seeds = [11, 12, 13, 14];
  const runs: Record<Point, (readonly ProbeResult[])[]> = { initial: [], trained: [] };
  beforeAll(async () => {
    for (const point of ['initial', 'trained'] as const) {
      const operator = diagonalOperator(points[point].eigenvalues);
      for (const seed of seeds) {
        const { probes } = await lanczos(operator, { steps: 100, probes: 10, seed, precision: 'float64' });
        runs[point].push(probes);
      }
    }
  });
  const errors = (point: Point, method: QuadratureMethod, k: number, m: number): Errors =>
    meanOf(runs[point].map((probes) => errorsOf(part(probes, k, m), point, method)));

  // 900 products: 10 probes of 90 steps, weighed by chance.
  const paper = (point: Point): Errors => errors(point, 'plain', 10, 90);

  it('on the trained net, 100 products have outliers and W1 better than the paper’s recipe with 900', () => {
    const once = errors('trained', 'variance-reduced', 1, 100);
    expect(once.outliers).toBeLessThan(1e-4);
    expect(paper('trained').outliers).toBeGreaterThan(0.1);
    expect(once.w1).toBeLessThan(7.6e-5);
    expect(once.w1).toBeLessThan(paper('trained').w1 / 2);
    expect(once.l1).toBeLessThan(8.8e-3);
    expect(once.l1).toBeLessThan(errors('trained', 'plain', 1, 100).l1);
  });

  it('on the trained net, 270 products have the L1 of the paper’s recipe with 900', () => {
    const third = errors('trained', 'variance-reduced', 3, 90);
    expect(third.l1).toBeLessThan(paper('trained').l1);
    expect(third.outliers).toBeLessThan(1e-4);
  });

  it('on the trained net, 900 products are better than the paper’s recipe in everything', () => {
    const whole = errors('trained', 'variance-reduced', 10, 90);
    expect(whole.l1).toBeLessThan(1.7e-3);
    expect(whole.outliers).toBeLessThan(1e-4);
    expect(whole.w1).toBeLessThan(4.4e-5);
  });

  it('at initialisation, where there is no gap, nothing is lost and steps count more than probes', () => {
    const whole = errors('initial', 'variance-reduced', 10, 90);
    expect(whole.l1).toBeLessThan(paper('initial').l1);
    expect(whole.w1).toBeLessThan(paper('initial').w1);
    expect(errors('initial', 'variance-reduced', 3, 90).l1).toBeLessThan(
      errors('initial', 'variance-reduced', 10, 27).l1,
    );
  });

  it.each(['initial', 'trained'] as const)('the confidence band covers the exact density, %s', (point) => {
    const { exact } = points[point];
    for (const smoothing of [{ kind: 'auto' }, { kind: 'paper' }] as const) {
      let covered = 0;
      let total = 0;
      for (const probes of runs[point]) {
        const { lambda, sigma, lower, upper } = density(part(probes, 10, 90), { smoothing });
        const ends = { min: lambda[0] ?? 0, max: lambda.at(-1) ?? 0, points: lambda.length };
        const truth = density(exact, { smoothing: { kind: 'absolute', sigma }, grid: ends }).density;
        truth.forEach((value, i) => {
          if (value >= (lower[i] ?? NaN) && value <= (upper[i] ?? NaN)) covered++;
          total++;
        });
      }
      expect(covered / total).toBeGreaterThan(0.9);
    }
  });

  it.each(['initial', 'trained'] as const)('the trace has no bias beyond its standard error, %s', (point) => {
    const exact = points[point].eigenvalues.reduce((sum, value) => sum + value, 0);
    // Two estimates of 5 probes from each seed.
    const scores = runs[point].flatMap((probes) =>
      [probes.slice(0, 5), probes.slice(5)].map((half) => {
        const { value, standardError } = trace(part(half, 5, 60));
        return (value - exact) / (standardError ?? 0);
      }),
    );
    const mean = scores.reduce((sum, x) => sum + x, 0) / scores.length;
    // Student's t of 4 degrees of freedom has standard deviation √2.
    expect(Math.abs(mean)).toBeLessThan((3 * Math.SQRT2) / Math.sqrt(scores.length));
  });

  it('adaptive stopping meets its tolerance with fewer steps', async () => {
    const { eigenvalues, exact } = points.trained;
    const tolerance = 1e-3;
    const { probes, dimension } = await lanczos(diagonalOperator(eigenvalues), {
      steps: 300,
      probes: 2,
      seed: 5,
      tolerance,
      precision: 'float64',
    });
    expect(probes[0]?.alpha.length).toBeLessThan(60);
    const { wasserstein1 } = spectralDistances({ dimension, probes }, exact);
    expect(wasserstein1.value).toBeLessThan(tolerance * (eigenvalues.at(-1) ?? 0));
  });
});

describe('on the net itself, in float32', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await createEngine({ engine: 'onnx-cpu', threads: 1 });
  });
  afterAll(() => engine.close());
  const open = (point: Point): Promise<Curvature> => {
    const { model, inputs, targets, parameters } = points[point];
    const loss = { kind: 'softmaxCrossEntropy' } as const;
    return createCurvature({ engine, model, loss, inputs, targets, parameters, microBatch: 100 });
  };

  it.each(['initial', 'trained'] as const)('100 products give λ1 to 1e-4, %s', async (point) => {
    const hessian = await open(point);
    expect((await hessian.loss()) / points[point].loss).toBeCloseTo(1, 4);
    const { probes, dimension } = await lanczos(hessian, { steps: 100, probes: 1, seed: 3 });
    await hessian.release();
    const { eigenvalues } = points[point];
    const { lambdaMax, values, residuals } = outliers({ dimension, probes });
    expect(Math.abs(lambdaMax / (eigenvalues.at(-1) ?? NaN) - 1)).toBeLessThan(1e-4);
    expect(values.length).toBeGreaterThan(5);
    values.forEach((value, i) => {
      const distance = eigenvalues.reduce((least, exact) => Math.min(least, Math.abs(exact - value)), Infinity);
      expect(distance).toBeLessThan((residuals[i] ?? 0) + 1e-5 * lambdaMax);
    });
    if (point === 'trained') {
      const { outliers: error, w1 } = errorsOf({ dimension, probes }, point, 'variance-reduced');
      expect(error).toBeLessThan(1e-3);
      expect(w1).toBeLessThan(7.6e-5);
    }
  });

  it('deflated by the eigenvectors of a step before, 900 products are the best', async () => {
    const { parameters } = points.trained;
    const hessian = await open('trained');
    await hessian.setParameters(parameters.map((value, i) => value * (1 + 0.002 * Math.sin(i))));
    const { top } = await lanczos(hessian, { steps: 60, probes: 1, seed: 8, ritzVectors: 30 });
    await hessian.setParameters(parameters);
    const deflate = { vectors: top.vectors, blocks: 6 };
    const { probes, dimension, deflated, hvpCount } = await lanczos(hessian, {
      steps: 90,
      probes: 8,
      seed: 9,
      deflate,
    });
    await hessian.release();
    expect(hvpCount).toBeLessThanOrEqual(900);
    expect(deflated.values.length).toBeGreaterThan(9);
    for (const method of ['plain', 'variance-reduced'] as const) {
      const errors = errorsOf({ dimension, probes, deflated }, 'trained', method);
      expect(errors.outliers).toBeLessThan(1e-3);
      expect(errors.w1).toBeLessThan(3.6e-5);
      expect(errors.l1).toBeLessThan(method === 'plain' ? 3e-3 : 1.5e-3);
    }
  });
});
