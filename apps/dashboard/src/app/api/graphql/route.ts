/** The browser's way to the API: same origin, forwarded to RITZ_API_URL. */
import { apiUrl } from '../../../server/apiUrl.ts';

export const dynamic = 'force-dynamic';

const FORWARDED = ['content-type', 'accept', 'x-request-id'] as const;

/** POST only; the API's own checks (content type, limits) apply. 502 when it does not answer. */
export async function POST(request: Request): Promise<Response> {
  const headers = new Headers();
  for (const name of FORWARDED) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  try {
    const answer = await fetch(`${apiUrl()}/graphql`, {
      method: 'POST',
      headers,
      body: await request.text(),
      cache: 'no-store',
      signal: request.signal,
    });
    return new Response(answer.body, {
      status: answer.status,
      headers: {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
        'cache-control': 'no-store',
      },
    });
  } catch (error) {
    if (request.signal.aborted) return new Response(null, { status: 499 });
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The Ritz API at ${apiUrl()} does not answer (${reason}). Start it with \`npm start\`, or set RITZ_API_URL.`;
    return Response.json({ errors: [{ message, extensions: { code: 'API_UNREACHABLE' } }] }, { status: 502 });
  }
}
