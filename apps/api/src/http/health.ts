/** Is the process alive, and can it answer: `/healthz` and `/readyz`, for scripts and supervisors. */
import type { Database } from '@ritz/database';
import type { RequestHandler } from 'express';
import type { Logger } from '../logger.ts';

/** Longest wait for the database's answer, in milliseconds. */
const patience = 2000;

/** 200 while the process runs, whatever the state of its database. */
export const healthz: RequestHandler = (_request, response) => {
  response.json({ status: 'alive' });
};

/** 200 when the database answers, 503 when it does not. */
export function readyz(database: Database, logger: Logger): RequestHandler {
  return async (_request, response) => {
    const failure = await askDatabase(database).then(
      () => null,
      (error: unknown) => error,
    );
    if (failure === null) {
      response.json({ status: 'ready' });
      return;
    }
    logger.warn({ err: failure }, 'not ready');
    response.status(503).json({ status: 'not ready', reason: 'The database cannot be reached.' });
  };
}

async function askDatabase(database: Database): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${String(patience)} ms.`)), patience);
  });
  try {
    await Promise.race([database.pool.query('select 1'), late]);
  } finally {
    clearTimeout(timer);
  }
}
