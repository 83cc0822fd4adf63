/**
 * Signing in from a browser: `POST /session` with `{"token": "…"}` answers with a cookie that scripts cannot read and other
 * sites cannot send; `DELETE /session` forgets it; `GET /session` says who is signed in. The cookie holds the token, so
 * whatever ends the token ends the session.
 */
import { constantOf } from '@ritz/records';
import express, { Router, type CookieOptions, type Request } from 'express';
import { RefusedError } from '../http/fault.ts';
import { grantOf } from './grants.ts';
import type { Authenticator, Grant } from './authenticator.ts';
import { sessionCookie } from './credentials.ts';
import type { LimitFailures } from './rateLimit.ts';

/** Twelve hours, in milliseconds. */
const sessionLength = 12 * 3600 * 1000;

function cookieOptions(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: request.secure, path: '/' };
}

/** What the signed-in may know of themselves. */
function describe({ database: { access }, tokenId }: Grant): object {
  return { tokenId, scope: constantOf(access.scope), project: access.project?.name ?? null };
}

function tokenIn(body: unknown): string {
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined;
  if (typeof token === 'string' && token !== '') return token;
  const message = 'Expected the JSON body {"token": "<token>"}. `ritz token create` makes a token.';
  throw new RefusedError({ status: 400, code: 'BAD_REQUEST', message });
}

/** Before `authenticate`: signing in and out. */
export function signing(authenticator: Authenticator, limited: LimitFailures): Router {
  const router = Router();
  router.post('/', express.json({ limit: '10kb' }), async (request, response) => {
    const token = tokenIn(request.body);
    const grant = await limited(request, () => authenticator.grantOf(token));
    response.cookie(sessionCookie, token, { ...cookieOptions(request), maxAge: sessionLength });
    response.setHeader('Cache-Control', 'no-store');
    response.json(describe(grant));
  });
  router.delete('/', (request, response) => {
    response.clearCookie(sessionCookie, cookieOptions(request));
    response.status(204).end();
  });
  return router;
}

/** After `authenticate`: who is signed in. */
export const whoIsSignedIn: express.RequestHandler = (request, response) => {
  response.json(describe(grantOf(request)));
};
