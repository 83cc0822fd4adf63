/** Lets a request in, or answers 401; what it was granted is kept with it. */
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Authenticator, Grant } from './authenticator.ts';
import type { LimitFailures } from './rate-limit.ts';

const grants = new WeakMap<IncomingMessage, Grant>();

/** What `request` was granted. Throws when it has not passed `authenticate`, which is a fault of the application. */
export function grantOf(request: IncomingMessage): Grant {
  const grant = grants.get(request);
  if (grant === undefined) throw new Error('A request was answered before it was authenticated.');
  return grant;
}

export function authenticate(authenticator: Authenticator, limited: LimitFailures): RequestHandler {
  return async (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    grants.set(request, await limited(request, () => authenticator.grant(request)));
    next();
  };
}
