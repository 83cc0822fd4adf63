/** Declares the commands for queued spectra. Each implementation is loaded only when it is used. */
import { Option, type Command } from 'commander';
import { parseCount } from '../terminal/count.ts';
import type { WorkerOptions } from './worker.ts';

function count(flags: string, meaning: string, most: number): Option {
  const [flag = flags] = flags.split(' ');
  return new Option(flags, meaning).argParser((text) => parseCount(text, { flag, meaning, most }));
}

/** Adds `worker` and `store` to the program. */
export function addQueueCommands(ritz: Command): void {
  ritz
    .command('worker')
    .description('measure the spectra of the queue (train --spectra queue, requestSpectrum) until Ctrl-C')
    .option('--engine <engine>', 'engine (auto is onnx-cpu); only spectra requested for it are measured', 'auto')
    .addOption(count('--concurrency <n>', 'parts of spectra measured at the same time', 64).default(1))
    .addOption(
      count('--threads <n>', 'threads of a CPU engine per part (default: the cores divided by --concurrency)', 1024),
    )
    .addOption(
      count('--lease <seconds>', 'time without a heartbeat (s) after which other workers take over', 86_400).default(
        30,
      ),
    )
    .action(async (options: WorkerOptions) => (await import('./worker.ts')).worker(options));
  const store = ritz
    .command('store')
    .description('manage the store that workers read models, checkpoints and data from');
  store
    .command('put')
    .description('put files into the store of RITZ_STORE and print their SHA-256')
    .argument('<files...>', 'ONNX files, .npy files, checkpoints')
    .action(async (files: string[]) => (await import('./store.ts')).putFiles(files));
}
