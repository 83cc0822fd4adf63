/** The two columns of a Lanczos tridiagonal: checked, and written as PostgreSQL reads them. */

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

/** `{0.5,-0}`: an array literal that reads back as the same doubles, bit for bit. JavaScript drops the sign of -0. */
export function arrayLiteral(values: readonly number[]): string {
  const signed = values.some((value) => value === 0 && Object.is(value, -0));
  const written = signed ? values.map((value) => (Object.is(value, -0) ? '-0' : value)) : values;
  return `{${written.join(',')}}`;
}
