/**
 * One stream for all subscriptions of a client (graphql-sse, "single connection mode"): PUT reserves it and answers with its token,
 * GET opens it, POST adds a subscription to it, DELETE ends one.
 */
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { grantOf } from '../access/grants.ts';
import type { TakeShare } from '../access/shares.ts';
import { RefusedError } from '../http/fault.ts';

export type StreamHandler = (request: Request, response: Response) => Promise<void>;

/** A stream that was reserved must be opened within so long, in milliseconds. */
const reservedFor = 30_000;

interface Stream {
  readonly handler: StreamHandler;
  /** The access token of whoever reserved it: nobody else may use it. */
  readonly owner: string | null;
  readonly forget: () => void;
  /** Forgets it when nobody opens it; undefined once somebody did. */
  unopened: NodeJS.Timeout | undefined;
}

/** The token of the stream that a request is about; `null` when it names none. */
export function streamToken(request: Request): string | null {
  const inHeader = request.headers['x-graphql-event-stream-token'];
  const given = inHeader ?? request.query['token'];
  return typeof given === 'string' && given !== '' ? given : null;
}

/** @param handlerOf makes the handler of one stream. */
export function singleConnections(take: TakeShare, handlerOf: (token: string) => StreamHandler): StreamHandler {
  const streams = new Map<string, Stream>();

  const reserve = async (request: Request, response: Response): Promise<void> => {
    const giveBack = take(request);
    const token = randomUUID();
    const forget = (): void => {
      streams.delete(token);
      giveBack();
    };
    const unopened = setTimeout(forget, reservedFor).unref();
    const stream: Stream = { handler: handlerOf(token), owner: grantOf(request).tokenId, forget, unopened };
    streams.set(token, stream);
    await stream.handler(request, response);
  };

  return async (request, response) => {
    if (request.method === 'PUT') return reserve(request, response);
    const stream = streams.get(streamToken(request) ?? '');
    if (stream?.owner !== grantOf(request).tokenId) throw unknown();
    const opens = request.headers.accept === 'text/event-stream';
    if (!opens && request.method === 'POST' && request.is('application/json') === false) throw unsupported();
    if (opens && stream.unopened !== undefined) {
      clearTimeout(stream.unopened);
      stream.unopened = undefined;
      response.once('close', stream.forget);
    }
    await stream.handler(request, response);
  };
}

function unknown(): RefusedError {
  const message = 'There is no such stream. Reserve one with PUT /graphql/stream and open it within 30 s.';
  return new RefusedError({ status: 404, code: 'NOT_FOUND', message });
}

function unsupported(): RefusedError {
  const message = 'Content-Type: expected application/json.';
  return new RefusedError({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message });
}
