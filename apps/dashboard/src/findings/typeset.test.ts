import { describe, expect, it } from 'vitest';
import { typeset } from './typeset.ts';

describe('formulae of the claims', () => {
  it('have their numbers below, and keep a number with its unit', () => {
    expect(typeset('log10 λ1/λK of the middle 95 %')).toBe('log₁₀ λ₁/λK of the middle 95\u00a0%');
  });
});
