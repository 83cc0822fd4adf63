/**
 * Subscriptions at `/graphql/stream`, as server-sent events by the protocol of graphql-sse: each POST a stream of its own, or one
 * stream for all that a client subscribes to.
 */
import { AnswerRows, createContext, finishedAnswer } from '@ritz/schema';
import type { RequestHandler, Response } from 'express';
import type { ExecutionResult } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/express';
import { grantOf } from '../access/grants.ts';
import { shares } from '../access/shares.ts';
import { formatProblem, isServerFault } from '../graphql/problems.ts';
import { RefusedError, shuttingDown } from '../http/fault.ts';
import type { Logger } from '../logger.ts';
import { freshEvents } from './freshEvents.ts';
import { asGraphQLError, prepared, type StreamContext } from './prepare.ts';
import { singleConnections, streamToken, type StreamHandler } from './singleConnection.ts';

/** Streams that one process serves at a time, and those of one client: a dashboard has one for each tab that is looked at. */
const limits = { what: 'subscriptions', code: 'TOO_MANY_SUBSCRIPTIONS', total: 500, each: 100 };

/**
 * Answers subscriptions only; queries and mutations are for `/graphql`.
 * @param stopping ends every stream when it aborts
 */
export function subscriptions(logger: Logger, stopping: AbortSignal): RequestHandler {
  const open = new Set<Response>();
  const take = shares(limits);
  stopping.addEventListener('abort', () => open.forEach((response) => response.end()));

  const shown = (result: ExecutionResult, rows = new AnswerRows()): ExecutionResult => {
    for (const error of result.errors?.filter(isServerFault) ?? []) logger.error({ err: error }, 'subscription');
    const errors = result.errors?.map((error) => formatProblem(error.toJSON(), error));
    // Formatted errors are what is sent as JSON.
    return errors === undefined ? result : (finishedAnswer({ ...result, errors }, rows) as unknown as ExecutionResult);
  };

  /** @param token of the one stream of a client; `null` = each request is a stream of its own. */
  const handlerOf = (token: string | null): StreamHandler =>
    createHandler<StreamContext>({
      authenticate: () => token,
      // `prepared` has validated.
      validate: () => [],
      onSubscribe: (request, params) => prepared(params, grantOf(request.raw)),
      subscribe: async ({ contextValue: { grant }, ...args }) => {
        const events = await freshEvents(
          { ...args, contextValue: createContext(grant.database) },
          async () => createContext((await grant.renew()).database),
          (error) => shown({ errors: [asGraphQLError(error)] }),
          (result, { rows }) => shown(result, rows),
        );
        return Symbol.asyncIterator in events ? events : shown(events);
      },
    });
  const distinct = handlerOf(null);
  const single = singleConnections(take, handlerOf);

  return async (request, response) => {
    if (stopping.aborted) throw new RefusedError(shuttingDown);
    open.add(response);
    response.once('close', () => open.delete(response));
    try {
      if (request.method === 'PUT' || streamToken(request) !== null) {
        await single(request, response);
        return;
      }
      requireEventStream(request.method, request.headers.accept, request.is('application/json') !== false);
      response.once('close', take(request));
      await distinct(request, response);
    } catch (error) {
      // Who leaves while the stream is being opened did nothing wrong.
      if (!response.destroyed) throw error;
    }
  };
}

function requireEventStream(method: string, accept: string | undefined, json: boolean): void {
  if (method === 'POST' && accept === 'text/event-stream' && json) return;
  throw new RefusedError({
    status: 406,
    code: 'BAD_REQUEST',
    message: 'Subscriptions are POSTed as application/json and answered as "Accept: text/event-stream".',
  });
}
