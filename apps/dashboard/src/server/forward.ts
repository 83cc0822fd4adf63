/** Forwards browser requests to the API: one origin for the browser, with its cookie. */
import { apiUrl } from './apiUrl.ts';

const SENT = ['content-type', 'accept', 'cookie', 'x-request-id'] as const;
const RETURNED = ['content-type', 'content-security-policy', 'set-cookie', 'cache-control', 'retry-after'] as const;

/** Pages of other sites, which browsers mark so (Fetch Metadata), may not use this server's cookie. */
function isForeign(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  return request.method !== 'GET' && (site === 'cross-site' || site === 'same-site');
}

function refusal(status: number, code: string, message: string): Response {
  return Response.json({ errors: [{ message, extensions: { code } }] }, { status });
}

function isEventStream(headers: Headers): boolean {
  return headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

/** `path` begins with a slash. 502 when the API does not answer; what it answers is passed back as it comes, streams too. */
export async function forward(request: Request, path: string): Promise<Response> {
  if (isForeign(request)) return refusal(403, 'FORBIDDEN', 'This request comes from another site.');
  const sent = new Headers();
  for (const name of SENT) {
    const value = request.headers.get(name);
    if (value !== null) sent.set(name, value);
  }
  try {
    const answer = await fetch(`${apiUrl()}${path}`, {
      method: request.method,
      headers: sent,
      ...(request.method === 'GET' ? {} : { body: await request.text() }),
      cache: 'no-store',
      redirect: 'manual',
      signal: request.signal,
    });
    const returned = new Headers({ 'cache-control': 'no-store' });
    for (const name of RETURNED) {
      const value = answer.headers.get(name);
      if (value !== null) returned.set(name, value);
    }
    // A server that compresses would hold events back until there are enough of them.
    if (isEventStream(returned)) returned.set('cache-control', 'no-store, no-transform');
    const empty = answer.status === 204 || answer.status === 304;
    return new Response(empty ? null : answer.body, { status: answer.status, headers: returned });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    const reason = error instanceof Error ? error.message : String(error);
    return refusal(
      502,
      'API_UNREACHABLE',
      `The Ritz API at ${apiUrl()} does not answer (${reason}). Start it with \`npm start\`, or set RITZ_API_URL.`,
    );
  }
}
