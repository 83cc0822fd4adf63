import { bulkAndOutliers, referenceProbes } from '@ritz/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probeMeasures } from './spectralMeasure.ts';

const total = (values: Float64Array): number => values.reduce((sum, w) => sum + w, 0);

describe('probeMeasures', () => {
  const n = 300;
  const eigenvalues = bulkAndOutliers(n, [40, 10]);
  const spectrum = { dimension: n, probes: referenceProbes(eigenvalues, { steps: 30, probes: 4 }) };

  it('gives a resolved eigenvalue the weight 1/n exactly, in every probe', () => {
    for (const { nodes, weights } of probeMeasures(spectrum)) {
      for (const outlier of [40, 10]) {
        const at = nodes.findIndex((node) => Math.abs(node - outlier) < 1e-8);
        expect(weights[at]).toBe(1 / n);
      }
      expect(total(weights)).toBeCloseTo(1, 13);
    }
  });

  it('is the quadrature of each probe when it is plain', () => {
    const plain = probeMeasures(spectrum, 'plain');
    expect(plain.map(({ weights }) => weights.at(-1))).not.toEqual(new Array(4).fill(1 / n));
    for (const { weights } of plain) expect(total(weights)).toBeCloseTo(1, 13);
  });

  it('is exact when every eigenvalue is found', () => {
    const few = bulkAndOutliers(20, [5]);
    for (const { nodes, weights } of probeMeasures({
      dimension: 20,
      probes: referenceProbes(few, { steps: 20, probes: 2 }),
    })) {
      few.forEach((exact, i) => expect(nodes[i]).toBeCloseTo(exact, 10));
      expect([...weights]).toEqual(new Array(20).fill(1 / 20));
    }
  });

  it('keeps the weights of repeated eigenvalues', () => {
    const probes = referenceProbes([1, 2, 2], { steps: 3, probes: 2000 });
    const measures = probeMeasures({ dimension: 3, probes });
    const mean = measures.reduce((sum, { weights }) => sum + (weights[1] ?? 0), 0) / measures.length;
    expect(Math.abs(mean - 2 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / 2.5 / 2000));
  });

  it('is a probability measure for any spectrum and either method', () => {
    const cases = fc.record({
      eigenvalues: fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 }),
      steps: fc.integer({ min: 1, max: 50 }),
      probes: fc.integer({ min: 1, max: 4 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
    });
    fc.assert(
      fc.property(cases, ({ eigenvalues: values, steps, probes, seed }) => {
        const measured = { dimension: values.length, probes: referenceProbes(values, { steps, probes, seed }) };
        for (const method of ['plain', 'variance-reduced'] as const) {
          for (const { weights } of probeMeasures(measured, method)) {
            expect(total(weights)).toBeCloseTo(1, 10);
            expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
