/** How long clients may take. A request that dawdles holds a connection, not more; it is still ended. */
import { createServer, type Server } from 'node:http';
import type { RequestHandler } from 'express';
import { sendFault, type Fault } from './fault.ts';

/** All in milliseconds. */
export interface Timeouts {
  /** Without a byte in either direction while it is the client's turn, after which a connection is closed. */
  readonly silence: number;
  /** For the header of a request. */
  readonly header: number;
  /** For a whole body that is read at once. Streams have no such limit: they are ended by silence. */
  readonly body: number;
}

export const defaultTimeouts: Timeouts = { silence: 60_000, header: 15_000, body: 30_000 };

/** Idle connections are kept longer than clients and proxies keep them, so that no request is sent on a closing one. */
const betweenRequests = 65_000;

/** A header that is late is found after so many parts of its time more, and answered 408 by Node itself. */
const punctuality = 5;

export function createTimedServer({ silence, header }: Timeouts): Server {
  const server = createServer({ connectionsCheckingInterval: Math.ceil(header / punctuality) });
  server.headersTimeout = header;
  server.requestTimeout = 0;
  server.keepAliveTimeout = betweenRequests;
  server.setTimeout(silence);
  return server;
}

/** The time that the server itself takes for an answer is no silence of the client. */
export function waitForAnswers({ silence }: Timeouts): RequestHandler {
  return (request, response, next) => {
    response.on('timeout', () => {
      const dawdles = !request.complete && request.listenerCount('timeout') === 0;
      if (dawdles || response.writableNeedDrain) request.socket.destroy();
      else request.socket.setTimeout(silence);
    });
    next();
  };
}

/** Answers 408 when the body is not there in time. */
export function limitBodyTime({ body }: Timeouts): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      if (request.complete || response.headersSent) return;
      response.setHeader('Connection', 'close');
      sendFault(response, late(`The body of the request was not complete within ${String(body / 1000)} s.`));
      response.once('finish', () => request.destroy());
    }, body);
    const stop = (): void => clearTimeout(timer);
    request.once('end', stop);
    response.once('close', stop);
    next();
  };
}

export function late(message: string): Fault {
  return { status: 408, code: 'REQUEST_TIMEOUT', message };
}
