/** How often somebody may ask: by token where there is one, else by address. */
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, MemoryStore, rateLimit, type Options } from 'express-rate-limit';
import { RefusedError } from '../http/fault.ts';
import { grantOf } from './grants.ts';

/** A minute, in milliseconds: the window of every limit. */
const window = 60_000;

/** Failed attempts a minute to say who one is. */
const failedAttempts = 30;

function tooMany(what: string, wait: number): RefusedError {
  const message = `Too many ${what}. Try again in ${String(wait)} s.`;
  return new RefusedError({ status: 429, code: 'RATE_LIMITED', message, retryAfter: wait });
}

/** Passes on what `work` throws, but for too many 401 from one address: then a 429, until the minute is over. */
export type LimitFailures = <Result>(request: Request, work: () => Promise<Result>) => Promise<Result>;

/**
 * For guessing tokens, or a program that goes on with a revoked one. Whoever has a token that can be used is let in all the
 * same: others at the same address must not be able to lock them out, and 256 random bits are not guessed.
 */
export function limitFailures(): LimitFailures {
  const attempts = new MemoryStore();
  attempts.init({ windowMs: window } as Options);
  return async (request, work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RefusedError && error.status === 401)) throw error;
      const { totalHits, resetTime } = await attempts.increment(ipKeyGenerator(request.ip ?? ''));
      if (totalHits <= failedAttempts) throw error;
      throw tooMany('attempts with no valid token', secondsUntil(resetTime));
    }
  };
}

function secondsUntil(time: Date | undefined): number {
  return Math.max(1, Math.ceil(((time?.getTime() ?? Date.now() + window) - Date.now()) / 1000));
}

/** Counts the requests of each token. Where nobody has to say who they are there is one user, and no limit. */
export function limitRequests(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: window,
    limit: perMinute,
    identifier: 'requests',
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // The address counts only where `trust proxy` says whose word it is.
    validate: { xForwardedForHeader: false },
    skip: (request) => perMinute === 0 || grantOf(request).tokenId === null,
    keyGenerator: (request) => grantOf(request).tokenId ?? ipKeyGenerator(request.ip ?? ''),
    handler: (_request, response, next) =>
      next(tooMany('requests', Number(response.getHeader('Retry-After') ?? window / 1000))),
  });
}
