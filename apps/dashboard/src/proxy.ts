/** What stands before every page: who may ask for it, and what it may load. What is passed on to the API has its own guard. */
import { randomBytes } from 'node:crypto';
import { NextResponse, type NextRequest } from 'next/server';
import { contentSecurityPolicy } from './server/contentSecurityPolicy.ts';
import { refusal, refusedRequest } from './server/guard.ts';

export function proxy(request: NextRequest): Response {
  const refused = refusedRequest(request);
  if (refused !== null) return refusal(refused);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refusal({ status: 405, code: 'METHOD_NOT_ALLOWED', message: 'Pages are read with GET.' });
  }
  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  // Next.js finds the nonce in this header of the request, and the layout hands it to what it does not mark itself.
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-nonce', nonce);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = { matcher: '/((?!api/|graphql|graphiql|_next/static/|icon.svg).*)' };
