/** The HTTP application: which path answers what. */
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import type { Database } from '@ritz/database';
import { createContext, type RequestContext } from '@ritz/schema';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { parseBody, reportBodyFaults } from './body.ts';
import { healthz, readyz } from './health.ts';
import type { Logger } from './logger.ts';
import { onlyLoopbackHosts } from './loopback.ts';
import { assignRequestId, requestId } from './request-id.ts';
import { logRequests } from './request-log.ts';

/** `graphql` must have been started. */
export function createApplication(graphql: ApolloServer<RequestContext>, database: Database, logger: Logger): Express {
  const application = express();
  application.disable('x-powered-by');
  application.set('etag', false);
  application.use(assignRequestId, logRequests(logger), onlyLoopbackHosts);
  application.get('/healthz', healthz);
  application.get('/readyz', readyz(database, logger));
  application.get('/', (_request, response) => {
    response.json({ name: 'ritz', graphql: '/graphql', health: '/healthz', ready: '/readyz' });
  });
  application.use(
    '/graphql',
    parseBody,
    expressMiddleware(graphql, { context: () => Promise.resolve(createContext(database)) }),
  );
  application.use((request, response) => {
    const message = `Nothing answers ${request.method} ${request.path}. GraphQL is at POST /graphql.`;
    response.status(404).json({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
  });
  application.use(reportBodyFaults, reportFault(logger));
  return application;
}

function reportFault(logger: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    logger.error({ err: error }, 'request failed');
    if (response.headersSent) {
      next(error);
      return;
    }
    const message = 'Something went wrong on the server. Its log has the cause under this request id.';
    const extensions = { code: 'INTERNAL_SERVER_ERROR', requestId: requestId() };
    response.status(500).json({ errors: [{ message, extensions }] });
  };
}
