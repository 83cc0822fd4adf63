/** Which database to use: the one of DATABASE_URL, or the embedded PostgreSQL in the data directory. */
import path from 'node:path';
import { startEmbeddedPostgres } from './startEmbeddedPostgres.ts';

export interface ResolvedDatabase {
  readonly url: string;
  readonly source: 'DATABASE_URL' | 'embedded';
  /** Gives the embedded server up: the last process that does stops it. Does nothing for DATABASE_URL. */
  stop(): Promise<void>;
}

/** `DATABASE_URL` if it is set; else the embedded server in `RITZ_DATA` (default `./.ritz`), started or joined. */
export async function resolveDatabase(env: Readonly<Record<string, string | undefined>>): Promise<ResolvedDatabase> {
  const given = env['DATABASE_URL']?.trim();
  if (given) return { url: given, source: 'DATABASE_URL', stop: () => Promise.resolve() };
  const dataDirectory = path.resolve(env['RITZ_DATA']?.trim() || '.ritz');
  const server = await startEmbeddedPostgres({ dataDirectory });
  return { url: server.url, source: 'embedded', stop: () => server.stop() };
}
