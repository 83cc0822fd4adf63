/** Where this server finds the Ritz API. */

/** RITZ_API_URL as it is now, not as it was at build time; without a slash at its end. */
export function apiUrl(): string {
  return (process.env['RITZ_API_URL'] || 'http://127.0.0.1:4000').replace(/\/+$/, '');
}
