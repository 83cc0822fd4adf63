/** The HTTP application: which path answers what, and what every request passes before it is answered. */
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import type { Database } from '@ritz/database';
import type { RequestContext } from '@ritz/schema';
import express, { type Express } from 'express';
import { authenticate } from './access/authenticate.ts';
import { grantOf } from './access/grants.ts';
import { createAuthenticator } from './access/authenticator.ts';
import { limitFailures, limitRequests } from './access/rateLimit.ts';
import { signing, whoIsSignedIn } from './access/session.ts';
import { exportBlocks } from './export/exportBlocks.ts';
import { exportRun } from './export/exportRun.ts';
import { parseBody } from './http/body.ts';
import { contextOf } from './graphql/contextOf.ts';
import { RefusedError } from './http/fault.ts';
import { answerFaults } from './http/faults.ts';
import { graphiql } from './http/graphiql.ts';
import { healthz, readyz } from './http/health.ts';
import type { Metrics } from './http/metrics.ts';
import { onlyLoopbackHosts, refuseCrossSite } from './http/requestOrigin.ts';
import { assignRequestId } from './http/requestId.ts';
import { logRequests } from './http/requestLog.ts';
import { answerHeaders } from './http/securityHeaders.ts';
import { limitBodyTime, waitForAnswers, type Timeouts } from './http/timeouts.ts';
import { ingest } from './ingest/ingest.ts';
import { subscriptions } from './live/subscriptions.ts';
import type { Logger } from './logger.ts';
import type { Settings } from './settings.ts';
import { traceRequests } from './tracing.ts';

export interface ApplicationOptions extends Pick<Settings, 'proxies' | 'rateLimit' | 'queryLimits'> {
  readonly database: Database;
  readonly logger: Logger;
  /** Only this machine can reach the server. */
  readonly loopback: boolean;
  readonly timeouts: Timeouts;
  readonly metrics: Metrics;
  /** Aborts when the server is to stop: what lasts ends then. */
  readonly stopping: AbortSignal;
}

/** `graphql` must have been started. */
export function createApplication(graphql: ApolloServer<RequestContext>, options: ApplicationOptions): Express {
  const { database, logger, loopback, proxies, rateLimit, queryLimits, timeouts, metrics, stopping } = options;
  const application = express();
  application.disable('x-powered-by');
  application.set('etag', false);
  application.set('trust proxy', proxies);
  application.use(traceRequests, assignRequestId, metrics.count, logRequests(logger), waitForAnswers(timeouts));
  if (loopback) application.use(onlyLoopbackHosts);
  application.use('/graphiql', graphiql());
  application.use(answerHeaders);
  application.get('/healthz', healthz);
  application.get('/readyz', readyz(database, logger));
  application.get('/', (_request, response) => {
    response.json({
      name: 'ritz',
      graphql: '/graphql',
      graphiql: '/graphiql',
      health: '/healthz',
      ready: '/readyz',
      metrics: '/metrics',
    });
  });
  const authenticator = createAuthenticator(database, loopback);
  const limited = limitFailures();
  application.use(refuseCrossSite);
  const bodyInTime = limitBodyTime(timeouts);
  application.use('/session', bodyInTime, signing(authenticator, limited));
  application.use(authenticate(authenticator, limited), limitRequests(rateLimit));
  application.get('/session', whoIsSignedIn);
  application.get('/metrics', metrics.answer);
  application.post('/ingest', ingest(logger, metrics, stopping));
  application.get('/export/runs/:file', exportRun());
  application.get('/export/runs/:id/blocks.csv', exportBlocks(queryLimits));
  application.use('/graphql', bodyInTime, parseBody);
  application.all('/graphql/stream', subscriptions(logger, stopping));
  application.use(
    '/graphql',
    expressMiddleware(graphql, {
      context: ({ req, res }) => Promise.resolve(contextOf(grantOf(req), res, queryLimits)),
    }),
  );
  application.use(({ method, path }) => {
    const message = `Nothing answers ${method} ${path}. GraphQL is at POST /graphql.`;
    throw new RefusedError({ status: 404, code: 'NOT_FOUND', message });
  });
  application.use(answerFaults(logger));
  return application;
}
