/** Address of the Ritz API. */

/** RITZ_API_URL read at run time, without a trailing slash. */
export function apiUrl(): string {
  const given = process.env['RITZ_API_URL'] || 'http://127.0.0.1:4000';
  return given.endsWith('/') ? given.slice(0, -1) : given;
}
