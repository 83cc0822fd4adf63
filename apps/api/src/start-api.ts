/** Starts the whole API: database, migrations, GraphQL, HTTP; and stops it again in reverse. */
import { createServer } from 'node:http';
import { migrate, openDatabase } from '@ritz/database';
import { createApplication } from './application.ts';
import { createGraphqlServer } from './graphql-server.ts';
import { listen } from './listen.ts';
import { createLogger, type Logger } from './logger.ts';
import { requireLoopback } from './loopback.ts';
import { DEFAULT_HOST, DEFAULT_PORT } from './settings.ts';

export interface StartApiOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly databaseUrl: string;
  /** A loopback address; 127.0.0.1 unless given. */
  readonly host?: string;
  /** 4000 unless given; 0 = any free port. */
  readonly port?: number;
  readonly logger?: Logger;
}

export interface RunningApi {
  /** Such as `http://127.0.0.1:4000`; GraphQL is at `/graphql` below it. */
  readonly url: string;
  /** Refuses new requests, lets those in flight end (5 s at most), closes the database. A second call changes nothing. */
  stop(): Promise<void>;
}

/**
 * Resolves once requests are answered.
 * @throws ApiError for the host or the port; DatabaseError for the database or its migrations. Nothing is left running.
 */
export async function startApi(options: StartApiOptions): Promise<RunningApi> {
  const { databaseUrl, host = DEFAULT_HOST, port = DEFAULT_PORT, logger = createLogger() } = options;
  requireLoopback(host);
  const database = await openDatabase(databaseUrl);
  try {
    await migrate(database);
    const httpServer = createServer();
    const graphql = createGraphqlServer(httpServer, logger);
    await graphql.start();
    httpServer.on('request', createApplication(graphql, database, logger));
    const url = await listen(httpServer, host, port);
    logger.info({ url, database: database.address }, 'listening');
    let stopping: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      logger.info('stopping');
      await graphql.stop();
      await database.close();
      logger.info('stopped');
    };
    return { url, stop: () => (stopping ??= stop()) };
  } catch (error) {
    await database.close();
    throw error;
  }
}
