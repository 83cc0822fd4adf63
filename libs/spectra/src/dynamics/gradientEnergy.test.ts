import { bulkAndOutliers, gaussians, referenceLanczos } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { gradientEnergy } from './gradientEnergy.ts';

describe('gradientEnergy', () => {
  const eigenvalues = bulkAndOutliers(200, [40, 10]);
  const next = gaussians(3);
  // A gradient that leans on the outliers.
  const gradient = eigenvalues.map((lambda) => next() * (lambda > 5 ? 8 : 1));
  const squares = gradient.reduce((sum, g) => sum + g * g, 0);
  const exactShare = (isIn: (lambda: number) => boolean): number =>
    eigenvalues.reduce((sum, lambda, i) => sum + (isIn(lambda) ? (gradient[i] ?? 0) ** 2 / squares : 0), 0);

  it('has the share of the outliers to rounding, and the curvature along the gradient', () => {
    const energy = gradientEnergy(referenceLanczos(eigenvalues, { steps: 30, start: gradient }), [5, 20]);
    expect(energy.above[0]).toBeCloseTo(
      exactShare((lambda) => lambda > 5),
      9,
    );
    expect(energy.above[1]).toBeCloseTo(
      exactShare((lambda) => lambda > 20),
      9,
    );
    const curvature = eigenvalues.reduce((sum, lambda, i) => sum + (lambda * (gradient[i] ?? 0) ** 2) / squares, 0);
    expect(energy.meanCurvature).toBeCloseTo(curvature, 9);
    expect(energy.share.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
    expect(energy.lambda.length).toBe(energy.share.length);
  });

  it('has the share of negative curvature when every eigenvalue is found', () => {
    const whole = referenceLanczos(eigenvalues, { steps: 200, start: gradient });
    expect(gradientEnergy(whole).negative).toBeCloseTo(
      exactShare((lambda) => lambda < 0),
      6,
    );
  });

  it('accepts nodes and weights, and is JSON', () => {
    const energy = gradientEnergy({ nodes: [2, -1], weights: [0.75, 0.25] }, [0]);
    expect(energy).toEqual({
      lambda: [-1, 2],
      share: [0.25, 0.75],
      meanCurvature: 1.25,
      negative: 0.25,
      above: [0.75],
    });
    expect(JSON.parse(JSON.stringify(energy))).toEqual(energy);
  });

  it('refuses what is no eigenvalue', () => {
    expect(() => gradientEnergy({ nodes: [1], weights: [1] }, [NaN])).toThrow('above: expected eigenvalues, got NaN');
  });
});
