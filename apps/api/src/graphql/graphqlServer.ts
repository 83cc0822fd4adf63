/** Apollo Server around the schema: limits before execution, masked errors after it, a clean drain at the end. */
import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import {
  assertWithinLimits,
  finishedAnswer,
  maxQueryTokens,
  queryLimits,
  queryCost,
  schema,
  type QueryCost,
  type RequestContext,
} from '@ritz/schema';
import { GraphQLError } from 'graphql';
import type { Metrics } from '../http/metrics.ts';
import type { Logger } from '../logger.ts';
import { registeredOnly, registryCache, type QueryRegistry } from './queryRegistry.ts';
import { formatProblem, isServerFault, statusOf } from './problems.ts';

/** How long requests in flight may go on after a stop was asked for, in milliseconds. */
const drainMilliseconds = 5000;

/**
 * Counts what each operation asks for, refuses too much, and says what was counted: in the header `X-Query-Cost`, and with the
 * limits in `extensions.cost` of the answer.
 */
const limitCost = (metrics: Metrics): ApolloServerPlugin<RequestContext> => ({
  requestDidStart: () => {
    let asked: QueryCost | null = null;
    return Promise.resolve({
      didResolveOperation: ({ schema, document, operation, request, response }) => {
        if (operation?.operation === 'subscription') throw subscriptionHere();
        asked = operation ? queryCost(schema, document, operation, request.variables ?? {}) : null;
        if (asked) {
          metrics.noteCost(operation?.operation ?? 'query', asked.cost);
          assertWithinLimits(asked);
          response.http.headers.set('x-query-cost', String(asked.cost));
        }
        return Promise.resolve();
      },
      willSendResponse: ({ response: { body }, contextValue: { budget } }) => {
        if (asked && body.kind === 'single') {
          const cost = { asked, limits: queryLimits, used: budget.used(), ceilings: budget.limits };
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        }
        return Promise.resolve();
      },
    });
  },
});

function subscriptionHere(): GraphQLError {
  const message =
    'Subscriptions are not answered at /graphql. POST this one to /graphql/stream with "Accept: text/event-stream" ' +
    '(the graphql-sse protocol, distinct connections mode).';
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST', http: { status: 400 } } });
}

/** Logs faults of the server with their cause, and gives their answers a status that says so. */
function reportFaults(logger: Logger): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didEncounterErrors: ({ errors, operationName }) => {
          for (const error of errors.filter(isServerFault)) {
            logger.error({ err: unwrapResolverError(error), path: error.path, operationName }, 'graphql');
          }
          return Promise.resolve();
        },
        willSendResponse: ({ response, contextValue: { rows } }) => {
          if (response.body.kind !== 'single') return Promise.resolve();
          const answer = finishedAnswer(response.body.singleResult, rows);
          response.body.singleResult = answer;
          // Where the rest of the answer arrives, the errors say themselves what does not.
          const status = someData(answer.data) ? null : statusOf(answer.errors ?? []);
          if (status !== null) response.http.status = status;
          return Promise.resolve();
        },
      }),
  };
}

function someData(data: Readonly<Record<string, unknown>> | null | undefined): boolean {
  return Object.values(data ?? {}).some((value) => value !== null);
}

/** @param registry the only queries answered; any are unless given. */
export function createGraphqlServer(
  httpServer: Server,
  logger: Logger,
  metrics: Metrics,
  registry?: QueryRegistry,
): ApolloServer<RequestContext> {
  return new ApolloServer<RequestContext>({
    schema,
    introspection: true,
    // `refuseCrossSite` stands before it. Apollo's own rule refuses every GET of clients that send no header of its choice.
    csrfPrevention: false,
    cache: 'bounded',
    // Clients may send the digest of a query that they sent before; see queryRegistry.ts for locked-down servers.
    persistedQueries: registry ? { cache: registryCache(registry) } : {},
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: maxQueryTokens },
    maxRecursiveSelections: true,
    formatError: formatProblem,
    logger: logger.child({ part: 'apollo' }, { level: 'warn' }),
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: drainMilliseconds }),
      ApolloServerPluginLandingPageDisabled(),
      // Nothing may be cached (see authenticate), and the plugin wraps every field of an answer to find that out.
      ApolloServerPluginCacheControlDisabled(),
      ...(registry ? [registeredOnly<RequestContext>(registry)] : []),
      limitCost(metrics),
      reportFaults(logger),
    ],
  });
}
