import { describe, expect, it } from 'vitest';
import { kernelWidth } from './smoothing.ts';

describe('kernelWidth', () => {
  it('of the paper has variance σ² · max(1, range)', () => {
    expect(kernelWidth({ kind: 'paper' }, -1, 39)).toBeCloseTo(Math.sqrt(1e-5 * 40), 15);
    expect(kernelWidth({ kind: 'paper' }, 0, 0.25)).toBeCloseTo(Math.sqrt(1e-5), 15);
    expect(kernelWidth({ kind: 'paper', sigmaSquared: 1e-3 }, 0, 10)).toBeCloseTo(0.1, 15);
  });

  it('is half a percent of the range by default', () => {
    expect(kernelWidth({ kind: 'auto' }, -1, 3)).toBe(0.02);
    expect(kernelWidth({ kind: 'auto' }, 7, 7)).toBe(0.035);
    expect(kernelWidth({ kind: 'auto' }, 0, 0)).toBeGreaterThan(0);
  });

  it('is what is asked for', () => {
    expect(kernelWidth({ kind: 'absolute', sigma: 0.3 }, 0, 1)).toBe(0.3);
  });
});
