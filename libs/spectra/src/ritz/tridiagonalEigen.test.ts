import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tridiagonalEigen } from './tridiagonalEigen.ts';

/** diagonal a, off-diagonal b: λ_k = a + 2b cos(kπ / (m + 1)), components √(2 / (m + 1)) sin(jkπ / (m + 1)). */
function toeplitz(m: number, a: number, b: number) {
  const angle = (k: number): number => (k * Math.PI) / (m + 1);
  const order = Array.from({ length: m }, (_, i) => (b > 0 ? m - i : i + 1));
  const scale = Math.sqrt(2 / (m + 1));
  return {
    values: order.map((k) => a + 2 * b * Math.cos(angle(k))),
    first: order.map((k) => Math.abs(scale * Math.sin(angle(k)))),
  };
}

const entries = (m: number) =>
  fc.tuple(
    fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: m, maxLength: m }),
    fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: m, maxLength: m }),
  );
const tridiagonals = fc.integer({ min: 1, max: 25 }).chain(entries);
const sum = (values: Iterable<number>): number => [...values].reduce((total, x) => total + x, 0);

describe('tridiagonalEigen', () => {
  it.each([
    [1, 3, 1],
    [2, 0, 1],
    [7, -2, 0.5],
    [90, 1, 1],
    [300, 0, -2],
    [50, 1e-200, 1e-200],
    [50, 0, 1e200],
  ])('knows the Toeplitz matrix of order %i with diagonal %d and off-diagonal %d', (m, a, b) => {
    const exact = toeplitz(m, a, b);
    const { values, first, last } = tridiagonalEigen(new Array(m).fill(a), new Array(m).fill(b));
    const scale = Math.abs(a) + 2 * Math.abs(b);
    for (let i = 0; i < m; i++) {
      expect(Math.abs((values[i] ?? NaN) - (exact.values[i] ?? NaN)) / scale).toBeLessThan(2e-15 * m ** 0.5);
      expect(Math.abs(first[i] ?? NaN)).toBeCloseTo(exact.first[i] ?? NaN, 12);
      // The matrix is persymmetric: first and last components agree but for the sign.
      expect(Math.abs(last[i] ?? NaN)).toBeCloseTo(exact.first[i] ?? NaN, 12);
    }
  });

  it('knows the Gauss–Hermite rule of five nodes (Golub & Welsch 1969)', () => {
    const { values, first } = tridiagonalEigen([0, 0, 0, 0, 0], [1, Math.sqrt(2), Math.sqrt(3), 2]);
    const inner = Math.sqrt(5 - Math.sqrt(10));
    const outer = Math.sqrt(5 + Math.sqrt(10));
    [-outer, -inner, 0, inner, outer].forEach((node, i) => expect(values[i]).toBeCloseTo(node, 14));
    expect((first[2] ?? 0) ** 2).toBeCloseTo(8 / 15, 14);
  });

  it('knows Wilkinson’s W21+, whose largest eigenvalues agree to 14 digits', () => {
    const { values } = tridiagonalEigen(
      Array.from({ length: 21 }, (_, i) => Math.abs(i - 10)),
      new Array(20).fill(1),
    );
    expect(values[20]).toBeCloseTo(10.746194182903393, 12);
    expect(values[19]).toBeCloseTo(10.746194182903322, 12);
  });

  it('takes a matrix that falls apart', () => {
    const { values, first } = tridiagonalEigen([3, 1, 2], [0, 0]);
    expect([...values]).toEqual([1, 2, 3]);
    expect([...first].map(Math.abs)).toEqual([0, 0, 1]);
  });

  it('keeps trace, Frobenius norm and orthonormality for any matrix', () => {
    fc.assert(
      fc.property(tridiagonals, ([diagonal, offDiagonal]) => {
        const m = diagonal.length;
        const couplings = offDiagonal.slice(0, m - 1);
        const identity = Array.from({ length: m }, (_, i) => Array.from({ length: m }, (_u, j) => (i === j ? 1 : 0)));
        const { values, first, last, carried } = tridiagonalEigen(diagonal, offDiagonal, identity);
        const scale = Math.max(1, ...diagonal.map(Math.abs), ...couplings.map(Math.abs));
        expect(Math.abs(sum(values) - sum(diagonal))).toBeLessThan(1e-13 * m * scale);
        const squares = sum(diagonal.map((x) => x * x)) + 2 * sum(couplings.map((x) => x * x));
        expect(Math.abs(sum(values.map((x) => x * x)) - squares)).toBeLessThan(1e-12 * m * scale ** 2);
        expect(Math.abs(sum(first.map((x) => x * x)) - 1)).toBeLessThan(1e-13 * m);
        for (let i = 1; i < m; i++) expect(values[i]).toBeGreaterThanOrEqual(values[i - 1] ?? NaN);
        expect(carried[0]).toEqual(first);
        expect(carried[m - 1]).toEqual(last);
        // T s = θ s, row by row.
        for (let i = 0; i < m; i++) {
          for (let row = 0; row < m; row++) {
            const image =
              (diagonal[row] ?? 0) * (carried[row]?.[i] ?? 0) +
              (couplings[row] ?? 0) * (carried[row + 1]?.[i] ?? 0) +
              (row > 0 ? (couplings[row - 1] ?? 0) * (carried[row - 1]?.[i] ?? 0) : 0);
            expect(Math.abs(image - (values[i] ?? 0) * (carried[row]?.[i] ?? 0))).toBeLessThan(1e-13 * m * scale);
          }
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  it.each([
    [[], [], 'EMPTY', 'at least one diagonal entry'],
    [[1, 2, 3], [1], 'BAD_LENGTH', '3 diagonal entries need 2 off-diagonal ones, got 1'],
    [[1, NaN], [1], 'NON_FINITE', 'diagonal[1] is NaN'],
    [[1, 2], [Infinity], 'NON_FINITE', 'offDiagonal[0] is Infinity'],
  ])('refuses %j and %j', (diagonal, offDiagonal, code, message) => {
    expect(() => tridiagonalEigen(diagonal, offDiagonal)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) as string }),
    );
  });
});
