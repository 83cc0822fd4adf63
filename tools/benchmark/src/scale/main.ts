/**
 * `npm run bench:scale`: spectra a minute with 1 and 2 workers, and what the queue costs for each of their parts.
 *
 * Options: --spectra <n> for each number of workers (default 8); --parts <n> that the queue alone is measured with (default 200).
 */
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { migrate, openDatabase, startEmbeddedPostgres } from '@ritz/database';
import { markdownTable } from '../report.ts';
import { progress } from './progress.ts';
import { measureLooks, measureQueue } from './queue.ts';
import { measureThroughput } from './throughput.ts';

const { values: options } = parseArgs({
  options: { spectra: { type: 'string', default: '8' }, parts: { type: 'string', default: '200' } },
});

const directory = await mkdtemp(path.join(os.tmpdir(), 'ritz-scale-'));
// A server that root runs as another user must be able to enter.
await chmod(directory, 0o755);
const server = await startEmbeddedPostgres({ dataDirectory: directory });
const database = await openDatabase(server.url, { connections: 16 });
try {
  await migrate(database);
  const rows: string[][] = [];
  for (const workers of [1, 2]) {
    const { perMinute, computeShare, partSeconds } = await measureThroughput(
      { database, url: server.url, directory },
      workers,
      Number(options.spectra),
    );
    rows.push([
      `${workers} ${workers === 1 ? 'worker' : 'workers'} of one thread`,
      `${perMinute.toFixed(1)} spectra/min`,
      `${partSeconds.toFixed(2)} s a part, ${(100 * computeShare).toFixed(0)} % of the workers' time computing`,
    ]);
  }
  for (const clients of [1, 8]) {
    progress(`the queue alone, clients: ${clients}`);
    const { perPart, perSecond } = await measureQueue(database, clients, Number(options.parts));
    rows.push([
      `queue alone, ${clients} ${clients === 1 ? 'client' : 'clients'}`,
      `${perSecond.toFixed(0)} parts/s`,
      `${perPart.toFixed(1)} ms a part: asked for, taken, one heartbeat, finished`,
    ]);
  }
  const looks = await measureLooks(database, 8, 10 * Number(options.parts));
  rows.push(['empty queue, 8 clients', `${looks.toFixed(0)} looks/s`, 'a worker without work makes 2 a second']);
  console.log(markdownTable(['what', 'rate', 'detail'], rows));
} finally {
  await database.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}
