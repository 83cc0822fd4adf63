/** Exit code 0 when a worker of this machine was heard of within a minute, by the clock of the database. */
import os from 'node:os';
import { jobs, openDatabase } from '../libs/database/dist/index.js';

const database = await openDatabase(process.env.DATABASE_URL ?? '', { connections: 1, timeout: 5000 });
try {
  const workers = await jobs.workers(database);
  process.exitCode = workers.some(({ alive, name }) => alive && name.startsWith(`${os.hostname()},`)) ? 0 : 1;
} finally {
  await database.close();
}
