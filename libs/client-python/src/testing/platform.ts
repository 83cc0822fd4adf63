/** The real API on a real PostgreSQL, which can be taken away and brought back at its address. */
import { createLogger, startApi, type RunningApi } from '@ritz/api';
import type { Database } from '@ritz/database';
import { testDatabase } from '@ritz/database/testing';

export interface Platform {
  readonly url: string;
  readonly database: Database;
  /** Takes the API away; the database stays. */
  stopApi(): Promise<void>;
  /** Brings it back at the same address. */
  startApi(): Promise<void>;
  /** The `data` of a query; rejects when it has errors. */
  query<Data>(text: string, variables?: object): Promise<Data>;
  stop(): Promise<void>;
}

export async function startPlatform(): Promise<Platform> {
  const { database, url: databaseUrl, stop } = await testDatabase();
  const start = (port: number): Promise<RunningApi> => startApi({ databaseUrl, port, logger: createLogger('fatal') });
  let api = await start(0);
  const { url } = api;
  return {
    url,
    database,
    stopApi: () => api.stop(),
    async startApi() {
      api = await start(Number(new URL(url).port));
    },
    async query<Data>(text: string, variables: object = {}) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: text, variables }),
      });
      const answer = (await response.json()) as { data: Data; errors?: readonly { message: string }[] };
      if (answer.errors) throw new Error(answer.errors.map(({ message }) => message).join('\n'));
      return answer.data;
    },
    async stop() {
      await api.stop();
      await stop();
    },
  };
}
