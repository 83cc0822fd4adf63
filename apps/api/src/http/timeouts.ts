/** How long clients may take. A request that dawdles holds a connection, not more; it is still ended. */
import type { Server } from 'node:http';
import type { RequestHandler } from 'express';
import { sendFault } from './fault.ts';

/** Milliseconds without a byte in either direction, after which a connection is closed. */
const SILENCE = 60_000;

/** Milliseconds for the header of a request. */
const HEADER = 15_000;

/** Milliseconds for a whole body that is read at once. Streams have no such limit: they are ended by silence. */
const BODY = 30_000;

export function setTimeouts(server: Server): void {
  server.headersTimeout = HEADER;
  server.requestTimeout = 0;
  server.setTimeout(SILENCE);
}

/** Answers 408 when the body is not there in time. */
export const limitBodyTime: RequestHandler = (request, response, next) => {
  const timer = setTimeout(() => {
    if (request.complete || response.headersSent) return;
    response.setHeader('Connection', 'close');
    const message = `The body of the request was not complete within ${String(BODY / 1000)} s.`;
    sendFault(response, { status: 408, code: 'REQUEST_TIMEOUT', message });
    response.once('finish', () => request.destroy());
  }, BODY);
  const stop = (): void => clearTimeout(timer);
  request.once('end', stop);
  response.once('close', stop);
  next();
};
