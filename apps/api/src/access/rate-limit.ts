/** How often somebody may ask: by token where there is one, else by address. */
import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Options } from 'express-rate-limit';
import { sendFault } from '../http/fault.ts';
import { grantOf } from './authenticate.ts';

/** A minute, in milliseconds: the window of every limit. */
const WINDOW = 60_000;

/** Failed attempts a minute to say who one is. */
const FAILED_ATTEMPTS = 30;

function limited(what: string, options: Partial<Options>): RequestHandler {
  return rateLimit({
    windowMs: WINDOW,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Behind a proxy that was not named in the settings, every client shares the address of the proxy: too strict, not unsafe.
    validate: { xForwardedForHeader: false },
    handler: (_request, response) => {
      const wait = String(response.getHeader('Retry-After') ?? WINDOW / 1000);
      sendFault(response, { status: 429, code: 'RATE_LIMITED', message: `Too many ${what}. Try again in ${wait} s.` });
    },
    ...options,
  });
}

/** Counts only answers of 401, by address: guessing tokens, or a program that goes on with a revoked one. */
export function limitFailedAttempts(): RequestHandler {
  return limited('attempts with no valid token', {
    limit: FAILED_ATTEMPTS,
    identifier: 'attempts',
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_request, response) => response.statusCode !== 401,
  });
}

/** Counts the requests of each token. Where nobody has to say who they are there is one user, and no limit. */
export function limitRequests(perMinute: number): RequestHandler {
  return limited('requests', {
    limit: perMinute,
    identifier: 'requests',
    skip: (request) => perMinute === 0 || grantOf(request).tokenId === null,
    keyGenerator: (request) => grantOf(request).tokenId ?? ipKeyGenerator(request.ip ?? ''),
  });
}
