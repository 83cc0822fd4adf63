/** Address of the Ritz API. */

/** RITZ_API_URL read at run time, without a trailing slash. */
export function apiUrl(): string {
  return (process.env['RITZ_API_URL'] || 'http://127.0.0.1:4000').replace(/\/+$/, '');
}
