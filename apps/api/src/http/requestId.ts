/** One id per request: in the response header, in every log line of the request, and in the error a client is shown. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';

const current = new AsyncLocalStorage<string>();

/** The id of the request being answered, or null outside one. */
export function requestId(): string | null {
  return current.getStore() ?? null;
}

/** Gives the request a fresh id and names it in `X-Request-Id`. */
export const assignRequestId: RequestHandler = (_request, response, next) => {
  const id = randomUUID();
  response.setHeader('X-Request-Id', id);
  current.run(id, next);
};
