/** The two columns of a Lanczos tridiagonal, checked. */

/** Which of the columns has a wrong length, and how; `null` when both are right. */
export function wrongTridiagonal(
  alpha: readonly number[],
  beta: readonly number[],
): { readonly field: 'alpha' | 'beta'; readonly message: string } | null {
  const m = alpha.length;
  if (m < 1) return { field: 'alpha', message: 'is empty; at least one diagonal is expected' };
  if (beta.length !== m && beta.length !== m - 1) {
    return { field: 'beta', message: `has ${beta.length} entries; ${m - 1} or ${m} are expected for ${m} of alpha` };
  }
  return null;
}
