import { referenceProbes } from '@ritz/testing';
import { describe, expect, it } from 'vitest';
import { mainBlock, outlierTicks } from './outlierTicks.ts';

const eigenvalues = Float64Array.from({ length: 100 }, (_unused, index) =>
  index < 3 ? ([40, 20, 10][index] ?? 0) : index / 200,
);
const measured = { dimension: 100, probes: referenceProbes(eigenvalues, { steps: 40, probes: 3 }) };

describe('ticks of outliers', () => {
  it('say the eigenvalue with its bound, largest first', () => {
    const ticks = outlierTicks(measured);
    expect(ticks.slice(0, 3).map(({ value }) => Math.round(value))).toEqual([40, 20, 10]);
    expect(ticks[2]?.text).toMatch(/^λ₃ = 10 ± \S+$/);
  });

  it('say what is recorded of the vector, if it is that of this eigenvalue', () => {
    const massByBlock = [
      { block: 'layer 1', mass: 0.2 },
      { block: 'layer 3', mass: 0.8 },
    ];
    const vector = { index: 1, value: 20, residual: 4e-6, gradientOverlap: 0.12, massByBlock };
    expect(outlierTicks(measured, [vector])[1]?.text).toBe('λ₂ = 20 ± 4×10⁻⁶, 12.0 % of ‖g‖², 80.0 % in layer 3');
    expect(outlierTicks(measured, [{ ...vector, value: 25 }])[1]?.text).not.toContain('layer 3');
    expect(outlierTicks(measured, [{ ...vector, massByBlock: null, gradientOverlap: null }])[1]?.text).toBe(
      'λ₂ = 20 ± 4×10⁻⁶',
    );
    expect(mainBlock({ massByBlock: null })).toBeNull();
  });
});
