/** Starts the whole API: database, migrations, GraphQL, HTTP; and stops it again in reverse. */
import { migrate, openDatabase, requireMigrated } from '@ritz/database';
import { isLoopback } from '@ritz/http';
import { requireTokens } from './access/requireTokens.ts';
import { createApplication } from './application.ts';
import type { QueryRegistry } from './graphql/queryRegistry.ts';
import { createGraphqlServer } from './graphql/graphqlServer.ts';
import { listen } from './http/listen.ts';
import { createMetrics } from './http/metrics.ts';
import { createTimedServer, defaultTimeouts, type Timeouts } from './http/timeouts.ts';
import { keepSummaries } from './live/keepSummaries.ts';
import { createLogger, type Logger } from './logger.ts';
import { readSettings, type Settings } from './settings.ts';

/**
 * Longest wait for a connection to the database, in milliseconds. Where many ask at once they wait for each other, which is no
 * reason to refuse them.
 */
const databasePatience = 30_000;

/** What is not given is as in an environment without variables (see @ritz/settings). */
export interface StartApiOptions extends Partial<Omit<Settings, 'logLevel' | 'queries'>> {
  /** `postgres://user:password@host:port/database`. */
  readonly databaseUrl: string;
  /** How long clients may take; defaultTimeouts unless given. */
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
  const { databaseUrl, logger = createLogger(), timeouts = defaultTimeouts } = options;
  const settings = { ...readSettings({}), ...options };
  const { host, port, connections, statementTimeout } = settings;
  const loopback = isLoopback(host);
  const database = await openDatabase(databaseUrl, { timeout: databasePatience, connections, statementTimeout });
  try {
    if (settings.migrates) await migrate(database);
    else await requireMigrated(database);
    if (!loopback) await requireTokens(host, database);
    const httpServer = createTimedServer(timeouts);
    const stopping = new AbortController();
    const metrics = createMetrics(database);
    const graphql = createGraphqlServer(httpServer, logger, metrics, options.queries);
    await graphql.start();
    const { signal } = stopping;
    httpServer.on(
      'request',
      createApplication(graphql, { ...settings, database, logger, loopback, timeouts, metrics, stopping: signal }),
    );
    const url = await listen(httpServer, host, port);
    logger.info({ url, database: database.address }, 'listening');
    const summaries = keepSummaries(database, logger, signal);
    let stopped: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      logger.info('stopping');
      stopping.abort();
      await graphql.stop();
      await summaries;
      await database.close();
      logger.info('stopped');
    };
    return { url, stop: () => (stopped ??= stop()) };
  } catch (error) {
    await database.close();
    throw error;
  }
}
