/** `ritz worker`: measures spectra that others ask for, until it is stopped. */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createEngine, engineNames, type EngineName } from '@ritz/estimation';
import pc from 'picocolors';
import { withDatabase } from '../services/with-database.ts';
import { openStore } from '../store/open-store.ts';
import { CliError, InterruptedError } from '../terminal/cli-error.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { requireUsable } from '../terminal/usable-engine.ts';
import { work } from '../worker/work.ts';
import { createWorkshop } from '../worker/Workshop.ts';

export interface WorkerOptions {
  readonly engine: string;
  readonly concurrency: number;
  readonly threads?: number;
  /** Seconds. */
  readonly lease: number;
}

/** Throws a CliError for an engine that is none, an EstimationError for one that does not run here. */
export async function worker(options: WorkerOptions): Promise<void> {
  const engine = engineOf(options.engine);
  // Better said now than at the first job.
  await (await createEngine({ engine })).close();
  await requireUsable(engine);
  const store = await openStore(process.env);
  const { concurrency, lease } = options;
  const shared = concurrency > 1 ? Math.max(1, Math.floor(os.availableParallelism() / concurrency)) : undefined;
  const name = `${os.hostname()}, process ${process.pid}`;
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-worker-'));
  try {
    await interruptible('Stopped. What was not finished was given back.', (signal) =>
      withDatabase(async (database) => {
        const dataDirectory = path.resolve(process.env['RITZ_DATA'] ?? '.ritz');
        const machine = { database, store, dataDirectory, signal };
        console.log(`Worker ${name}: ${engine}, ${concurrency} at a time, store ${store.place}.`);
        console.log(pc.dim('Ctrl-C stops it.'));
        const log = (line: string): void => void process.stderr.write(`${line}\n`);
        const threads = options.threads ?? shared;
        await work({ name, engine, concurrency, threads, leaseSeconds: lease }, createWorkshop(machine, folder, log));
      }),
    );
  } catch (error) {
    // To be stopped is how a worker ends.
    if (!(error instanceof InterruptedError)) throw error;
    console.log(error.message);
  } finally {
    await fs.rm(folder, { recursive: true, force: true });
  }
}

/** `auto` is the engine that runs everywhere, as it is where spectra are asked for. */
function engineOf(name: string): EngineName {
  const engine = engineNames.find((known) => known === (name === 'auto' ? 'onnx-cpu' : name));
  if (engine) return engine;
  throw new CliError(`--engine: expected auto, ${engineNames.join(', ')}; got "${name}".`);
}
