/** What a page of the dashboard may load and run: its own scripts, marked with a number that nobody can guess. */

/** `nonce` is new for each page. Figures are drawn with style attributes, and saved by way of blobs. */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const own = `'self' 'nonce-${nonce}'`;
  return [
    `default-src 'none'`,
    // The development server evaluates its modules, and marks no styles.
    `script-src ${own}${development ? ` 'unsafe-eval'` : ''}`,
    `style-src ${development ? `'self' 'unsafe-inline'` : own}`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
  ].join('; ');
}
