import { describe, expect, it } from 'vitest';
import { formatCompact, formatNumber, formatPower, formatShare } from './formatNumber.ts';

describe('formatPower', () => {
  it.each([
    [1e-3, '10⁻³'],
    [-1e4, '−10⁴'],
    [1e-10, '10⁻¹⁰'],
    [2e5, '2×10⁵'],
    [0.02, '0.02'],
    [0.005, '0.005'],
    [0, '0'],
    [0.1, '0.1'],
    [1, '1'],
    [-10, '−10'],
    [300, '300'],
    [1000, '10³'],
    [0.1 + 0.2, '0.3'],
  ])('writes %d as %s', (value, text) => {
    expect(formatPower(value)).toBe(text);
  });
});

describe('formatNumber', () => {
  it.each([
    [0.021_346, '0.02135'],
    [-31.4159, '−31.42'],
    [1.234e-5, '1.234×10⁻⁵'],
    [12_345, '12,345'],
    [99_999.5, '1×10⁵'],
    [2_345_678.5, '2.346×10⁶'],
    [0.000_999_99, '0.001'],
    [0, '0'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it.each([null, undefined, Number.NaN, Number.POSITIVE_INFINITY])('writes %s as a dash', (value) => {
    expect(formatNumber(value)).toBe('–');
  });
});

describe('formatShare', () => {
  it('writes per cent', () => {
    expect(formatShare(0.974)).toBe('97.4 %');
    expect(formatShare(null)).toBe('–');
  });
});

describe('formatCompact', () => {
  it.each([
    [400_000_000, '4×10⁸'],
    [-123_456, '−1.23×10⁵'],
    [12_345, '12,345'],
    [0.021_346, '0.0213'],
    [Number.POSITIVE_INFINITY, '–'],
    [null, '–'],
  ])('writes %d as %s', (value, text) => {
    expect(formatCompact(value)).toBe(text);
  });
});
