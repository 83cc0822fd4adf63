import { describe, expect, it } from 'vitest';
import { limitations } from './limitations.ts';

describe('limitations', () => {
  const whole = { alpha: [1, 2], beta: [0.5, 0.1] };

  it('has none for several whole tridiagonals', () => {
    expect(limitations({ dimension: 9, probes: [whole, whole] })).toEqual([]);
  });

  it('says what nodes and weights alone cannot give', () => {
    const bare = { nodes: [1, 2], weights: [0.5, 0.5] };
    const found = limitations({ dimension: 9, probes: [bare, whole] });
    expect(found.map(({ quantity }) => quantity)).toEqual(['residuals', 'outliers', 'variance reduction']);
    expect(found[1]?.reason).toContain('1 of 2 probes kept only nodes and weights');
    expect(found[1]?.reason).toContain('keep α and all m entries of β');
  });

  it('says what is lost with the last β, and with a single probe', () => {
    const found = limitations({ dimension: 9, probes: [{ alpha: [1, 2], beta: [0.5] }] });
    expect(found.map(({ quantity }) => quantity)).toEqual([
      'residuals',
      'outliers',
      'variance reduction',
      'standard errors',
    ]);
    expect(found[0]?.reason).toContain('1 of 1 probes kept no last β');
  });

  it('refuses what is no spectrum', () => {
    expect(() => limitations({ dimension: 9, probes: [] })).toThrow('has no probe');
  });
});
