/** The two columns of a Lanczos tridiagonal, checked. */

/** Which of the columns has a wrong length, and how; `null` when both are right. */
export function tridiagonalFault(
  alpha: readonly number[],
  beta: readonly number[],
): { readonly field: 'alpha' | 'beta'; readonly message: string } | null {
  const m = alpha.length;
  if (m < 1) return { field: 'alpha', message: 'expected at least 1 diagonal entry, got none' };
  if (beta.length !== m && beta.length !== m - 1) {
    const expected = `${m - 1} or ${m} entries for ${m} of alpha`;
    return { field: 'beta', message: `expected ${expected}, got ${beta.length}` };
  }
  return null;
}
