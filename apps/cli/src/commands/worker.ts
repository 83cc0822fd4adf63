/** `ritz worker`: measures the spectra of the queue until it is stopped. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEngine, engineNames, type EngineName } from '@ritz/estimation';
import pc from 'picocolors';
import { unknownChoice } from '@ritz/spectra';
import { createWorkerContext, openStore, work } from '@ritz/worker';
import { withDatabase } from '../services/withDatabase.ts';
import { openJobNetwork } from '../spectrum/jobNetwork.ts';
import { CliError, InterruptedError } from '../terminal/cliError.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { requireUsable } from '../terminal/usableEngine.ts';

export interface WorkerOptions {
  readonly engine: string;
  readonly concurrency: number;
  readonly threads?: number;
  /** Seconds. */
  readonly lease: number;
}

/** Throws a CliError for an unknown engine, an EstimationError for one that does not run on this machine. */
export async function worker(options: WorkerOptions): Promise<void> {
  const engine = engineOf(options.engine);
  // Fails now rather than at the first job.
  await (await createEngine({ engine })).close();
  await requireUsable(engine);
  const store = await openStore(process.env);
  const { concurrency, lease } = options;
  const shared = concurrency > 1 ? Math.max(1, Math.floor(os.availableParallelism() / concurrency)) : undefined;
  const name = `${os.hostname()}, process ${process.pid}`;
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-worker-'));
  try {
    await interruptible('Stopped. Unfinished parts were returned to the queue.', (signal) =>
      withDatabase(async (database) => {
        const dataDirectory = path.resolve(process.env['RITZ_DATA'] ?? '.ritz');
        const machine = { database, store, dataDirectory, openNetwork: openJobNetwork, signal };
        console.log(`Worker ${name}: ${engine}, ${concurrency} at a time, store ${store.place}.`);
        console.log(pc.dim('Ctrl-C stops it.'));
        const log = (line: string): void => void process.stderr.write(`${line}\n`);
        const threads = options.threads ?? shared;
        await work(
          { name, engine, concurrency, threads, leaseSeconds: lease },
          createWorkerContext(machine, folder, log),
        );
      }),
    );
  } catch (error) {
    // Being stopped is the normal end of a worker.
    if (!(error instanceof InterruptedError)) throw error;
    console.log(error.message);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** `auto` is the engine that runs everywhere, as it is where spectra are requested. */
function engineOf(name: string): EngineName {
  const engine = engineNames.find((known) => known === (name === 'auto' ? 'onnx-cpu' : name));
  if (engine) return engine;
  throw new CliError(unknownChoice('--engine', ['auto', ...engineNames], name));
}
