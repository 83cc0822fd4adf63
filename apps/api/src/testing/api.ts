/** A whole API for a test file: an embedded PostgreSQL of its own, a free port, and logs that can be read. */
import type { Database } from '@ritz/database';
import { testDatabase } from '@ritz/database/testing';
import { pino } from 'pino';
import { requestId } from '../http/requestId.ts';
import { startApi, type RunningApi, type StartApiOptions } from '../startApi.ts';

export interface TestApi extends RunningApi {
  /** A second way to the same database. */
  readonly database: Database;
  /** Every log line so far, parsed. */
  readonly logs: Record<string, unknown>[];
}

export async function testApi(options: Pick<StartApiOptions, 'timeouts' | 'queries'> = {}): Promise<TestApi> {
  const database = await testDatabase();
  const logs: Record<string, unknown>[] = [];
  const write = (line: string): void => void logs.push(JSON.parse(line) as Record<string, unknown>);
  const logger = pino({ level: 'debug', base: null, mixin: () => ({ requestId: requestId() }) }, { write });
  const api = await startApi({ ...options, databaseUrl: database.url, port: 0, logger });
  return {
    ...api,
    database: database.database,
    logs,
    stop: async () => {
      await api.stop();
      await database.stop();
    },
  };
}
