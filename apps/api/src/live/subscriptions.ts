/** Subscriptions: `POST /graphql/stream` answers with server-sent events (the protocol of graphql-sse, one stream each). */
import { assertWithinLimits, createContext, MAX_QUERY_TOKENS, queryCost, schema } from '@ritz/schema';
import type { RequestHandler, Response } from 'express';
import {
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
} from 'graphql';
import type { RequestParams } from 'graphql-sse';
import { createHandler } from 'graphql-sse/lib/use/express';
import { grantOf } from '../access/grants.ts';
import type { Grant } from '../access/authenticator.ts';
import { RefusedError } from '../http/fault.ts';
import type { Logger } from '../logger.ts';
import { formatProblem, isServerFault } from '../graphql/problems.ts';
import { freshEvents } from './fresh-events.ts';

/** Streams that one process serves at a time. */
const MOST_STREAMS = 500;

/** What a stream needs to know of its request. */
type StreamContext = Record<'grant', Grant>;

/**
 * Answers subscriptions only; queries and mutations are for `/graphql`.
 * @param stopping ends every stream when it aborts
 */
export function subscriptions(logger: Logger, stopping: AbortSignal): RequestHandler {
  const open = new Set<Response>();
  stopping.addEventListener('abort', () => open.forEach((response) => response.end()));

  const masked = (result: ExecutionResult): ExecutionResult => {
    for (const error of result.errors?.filter(isServerFault) ?? []) logger.error({ err: error }, 'subscription');
    const errors = result.errors?.map((error) => formatProblem(error.toJSON(), error));
    return errors === undefined ? result : ({ ...result, errors } as unknown as ExecutionResult);
  };

  const handler = createHandler<StreamContext>({
    authenticate: () => null,
    // `prepared` has validated.
    validate: () => [],
    onSubscribe: (request, params) => prepared(params, grantOf(request.raw)),
    subscribe: ({ contextValue: { grant }, ...args }) =>
      freshEvents(
        { ...args, contextValue: createContext(grant.database) },
        async () => createContext((await grant.renew()).database),
        (error) => ({ errors: [asGraphQLError(error)] }),
      ),
    onNext: (_context, _request, result) => ('errors' in result ? masked(result as ExecutionResult) : undefined),
  });

  return async (request, response) => {
    requireEventStream(request.headers.accept, request.is('application/json') !== false);
    if (open.size >= MOST_STREAMS || stopping.aborted) throw tooManyStreams();
    open.add(response);
    response.once('close', () => open.delete(response));
    try {
      await handler(request, response);
    } catch (error) {
      // Who leaves while the stream is being opened did nothing wrong.
      if (!response.destroyed) throw error;
    }
  };
}

function requireEventStream(accept: string | undefined, json: boolean): void {
  if (accept === 'text/event-stream' && json) return;
  throw new RefusedError({
    status: 406,
    code: 'BAD_REQUEST',
    message: 'Subscriptions are POSTed as application/json and answered as "Accept: text/event-stream".',
  });
}

function tooManyStreams(): RefusedError {
  const message = `This server has ${String(MOST_STREAMS)} subscriptions open already. Close some, or try again later.`;
  return new RefusedError({ status: 503, code: 'TOO_MANY_SUBSCRIPTIONS', message });
}

/** What to execute. Throws RefusedError, or a GraphQLError of the limits, with what is wrong with the subscription. */
function prepared(
  { query, operationName, variables }: RequestParams,
  grant: Grant,
): ExecutionArgs & { contextValue: StreamContext } {
  const document = parsed(query);
  const [fault] = validate(schema, document);
  if (fault) throw fault;
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'subscription') {
    throw new RefusedError({
      status: 400,
      code: 'BAD_REQUEST',
      message: 'Only subscriptions are answered here; queries and mutations are at POST /graphql.',
    });
  }
  const asked = queryCost(schema, document, operation, variables ?? {});
  if (asked) assertWithinLimits(asked);
  return {
    schema,
    document,
    operationName,
    variableValues: variables,
    contextValue: { grant },
  };
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MAX_QUERY_TOKENS });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    throw new RefusedError({ status: 400, code: 'GRAPHQL_PARSE_FAILED', message: error.message }, { cause: error });
  }
}

function asGraphQLError(error: unknown): GraphQLError {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = error instanceof RefusedError ? { code: error.code } : {};
  return new GraphQLError(cause.message, { originalError: cause, extensions: code });
}
