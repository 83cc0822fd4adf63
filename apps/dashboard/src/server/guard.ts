/** What every request to the dashboard passes: the rules of @ritz/http, and the names that this server answers to. */
import { hostOf, refusedHost, refusedSite, type AllowedHosts, type Refusal } from '@ritz/http';

/**
 * RITZ_DASHBOARD_HOSTS: host names beside those of the loopback interface, separated by commas; `*` = any, for a server that only
 * tokens let in.
 */
function allowedHosts(): AllowedHosts {
  const names = (process.env['RITZ_DASHBOARD_HOSTS'] ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.includes('*') ? 'any' : names.filter((name) => name !== '');
}

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Why the request is not answered; `null` when it may be. */
export function refusedRequest({ headers, method }: Request): Refusal | null {
  const header = (name: string): string | null => headers.get(name);
  const refusal = refusedHost([hostOf(header)], allowedHosts());
  if (refusal !== null) {
    return { ...refusal, message: `${refusal.message} RITZ_DASHBOARD_HOSTS lists further names.` };
  }
  return reading.has(method) ? null : refusedSite(header);
}

/** In the shape of a GraphQL answer, which every client of the API reads. */
export function refusal({ status, code, message }: Refusal): Response {
  return Response.json(
    { errors: [{ message, extensions: { code } }] },
    { status, headers: { 'cache-control': 'no-store' } },
  );
}

/** The host that the API is to hear of: a server without tokens answers only for its own machine. */
export function forwardedHost(headers: Headers): string {
  return [headers.get('x-forwarded-host'), headers.get('host')].filter((host) => host !== null).join(', ');
}
