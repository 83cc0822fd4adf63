/**
 * The API as a process: settings from the environment, one line `ready <url>` on standard output once it answers, logs on
 * standard error. Ends with 0 when asked to (SIGINT, SIGTERM), with 1 and one line of explanation when it cannot start.
 */
import { DatabaseError, resolveDatabase } from '@ritz/database';
import { SettingError } from '@ritz/settings';
import { ApiError } from './apiError.ts';
import { readQueryRegistry } from './graphql/queryRegistry.ts';
import { createLogger } from './logger.ts';
import { readSettings } from './settings.ts';
import { startApi } from './startApi.ts';
import { startTracing } from './tracing.ts';

/** What to stop, in the order it was started. */
const started: (() => Promise<void>)[] = [];

async function stopAll(): Promise<void> {
  for (let stop = started.pop(); stop; stop = started.pop()) await stop();
}

function explain(error: unknown): string {
  if (error instanceof ApiError || error instanceof DatabaseError || error instanceof SettingError)
    return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function end(code: number): Promise<never> {
  try {
    await stopAll();
  } catch (error) {
    process.stderr.write(`While stopping: ${explain(error)}\n`);
    process.exit(1);
  }
  process.exit(code);
}

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    void starting.finally(() => end(0));
  });
}

async function start(): Promise<void> {
  const { logLevel, queries: file, ...settings } = readSettings(process.env);
  const queries = file === null ? {} : { queries: await readQueryRegistry(file) };
  started.push(await startTracing(process.env));
  const database = await resolveDatabase(process.env);
  started.push(() => database.stop());
  const logger = createLogger(logLevel);
  const api = await startApi({ ...settings, ...queries, databaseUrl: database.url, logger });
  started.push(() => api.stop());
  if (!ending) process.stdout.write(`ready ${api.url}\n`);
}

const starting = start().catch(async (error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  await end(1);
});
