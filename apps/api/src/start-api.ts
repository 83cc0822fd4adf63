/** Starts the whole API: database, migrations, GraphQL, HTTP; and stops it again in reverse. */
import { migrate, openDatabase } from '@ritz/database';
import { isLoopback } from '@ritz/http';
import { requireTokens } from './access/require-tokens.ts';
import { createApplication } from './application.ts';
import type { QueryRegistry } from './graphql/query-registry.ts';
import { createGraphqlServer } from './graphql/graphql-server.ts';
import { listen } from './http/listen.ts';
import { createTimedServer, DEFAULT_TIMEOUTS, type Timeouts } from './http/timeouts.ts';
import { createLogger, type Logger } from './logger.ts';
import { DEFAULT_HOST, DEFAULT_PORT, DEFAULT_RATE_LIMIT } from './settings.ts';

/**
 * Longest wait for a connection to the database, in milliseconds. Where many ask at once they wait for each other, which is no
 * reason to refuse them.
 */
const DATABASE_PATIENCE = 30_000;

/** Longest time for one statement, in milliseconds: a little more than a request may take. */
const STATEMENT_TIMEOUT = 35_000;

export interface StartApiOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly databaseUrl: string;
  /** 127.0.0.1 unless given. Any address that is not loopback needs tokens. */
  readonly host?: string;
  /** 4000 unless given; 0 = any free port. */
  readonly port?: number;
  /** Proxies in front of the server whose word about addresses and TLS is taken; 0 unless given. */
  readonly proxies?: number;
  /** Requests a minute of one token; 6000 unless given, 0 = any number. */
  readonly rateLimit?: number;
  /** How long clients may take; DEFAULT_TIMEOUTS unless given. */
  readonly timeouts?: Timeouts;
  /** The only queries that are answered at `/graphql`; any are unless given. */
  readonly queries?: QueryRegistry;
  readonly logger?: Logger;
}

export interface RunningApi {
  /** Such as `http://127.0.0.1:4000`; GraphQL is at `/graphql` below it. */
  readonly url: string;
  /**
   * Refuses new requests, ends subscriptions and ingestion at their next safe point, lets other requests in flight end (5 s at
   * most), closes the database. A second call changes nothing.
   */
  stop(): Promise<void>;
}

/**
 * Resolves once requests are answered.
 * @throws ApiError for the host or the port; DatabaseError for the database or its migrations. Nothing is left running.
 */
export async function startApi(options: StartApiOptions): Promise<RunningApi> {
  const { databaseUrl, host = DEFAULT_HOST, port = DEFAULT_PORT, logger = createLogger() } = options;
  const { proxies = 0, rateLimit = DEFAULT_RATE_LIMIT, timeouts = DEFAULT_TIMEOUTS } = options;
  const loopback = isLoopback(host);
  const database = await openDatabase(databaseUrl, { timeout: DATABASE_PATIENCE, statementTimeout: STATEMENT_TIMEOUT });
  try {
    await migrate(database);
    if (!loopback) await requireTokens(host, database);
    const httpServer = createTimedServer(timeouts);
    const stopping = new AbortController();
    const graphql = createGraphqlServer(httpServer, logger, options.queries);
    await graphql.start();
    const { signal } = stopping;
    httpServer.on(
      'request',
      createApplication(graphql, { database, logger, loopback, proxies, rateLimit, timeouts, stopping: signal }),
    );
    const url = await listen(httpServer, host, port);
    logger.info({ url, database: database.address }, 'listening');
    let stopped: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      logger.info('stopping');
      stopping.abort();
      await graphql.stop();
      await database.close();
      logger.info('stopped');
    };
    return { url, stop: () => (stopped ??= stop()) };
  } catch (error) {
    await database.close();
    throw error;
  }
}
