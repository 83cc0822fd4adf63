/** Lets a request in, or answers 401; its grant is kept with it. */
import type { RequestHandler } from 'express';
import type { Authenticator } from './authenticator.ts';
import { keepGrant } from './grants.ts';
import type { LimitFailures } from './rateLimit.ts';

export function authenticate(authenticator: Authenticator, limited: LimitFailures): RequestHandler {
  return async (request, response, next) => {
    response.setHeader('Cache-Control', 'no-store');
    keepGrant(request, await limited(request, () => authenticator.grant(request)));
    next();
  };
}
