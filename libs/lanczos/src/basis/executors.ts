/** Run passes over the blocks of a workspace, in the calling thread or in threads that share the blocks, with bit-identical results. */
import { createRequire } from 'node:module';
import { LanczosError } from '../error/LanczosError.ts';
import { WorkerLink } from '../threads/WorkerLink.ts';
import { blocksOf, type Block } from './blocks.ts';
import { runPasses, type Pass } from './passes.ts';
import type { Workspace } from './workspace.ts';

export interface Executor {
  readonly workspace: Workspace;
  /** As the calling thread sees them; must not be touched while a pass runs. */
  readonly blocks: readonly Block[];
  /** Passes of different working vectors and bases; one call at a time. Throws a LanczosError: STATE_UNWRITABLE about a file, THREAD_FAILED when a thread ends. */
  run(passes: readonly Pass[]): Promise<void>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** For a thread: which one of them it is, and the counter by which they claim blocks. */
export interface BasisThread {
  readonly workspace: Workspace;
  readonly thread: number;
  readonly counter: Int32Array<SharedArrayBuffer>;
}

/** The built worker file, found through the package's own exports: sources under test use it too. */
const workerFile = createRequire(import.meta.url).resolve('@ritz/lanczos/basis-worker');

/** Runs passes synchronously in the calling thread. */
export function inlineExecutor(workspace: Workspace): Executor {
  const blocks = blocksOf(workspace, 0);
  return {
    workspace,
    blocks,
    run: (passes) => {
      let next = 0;
      runPasses(blocks, workspace.size.precision, passes, () => next++);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  };
}

/** Runs passes in threads, each of which takes the next block when it has finished one; the calling thread stays free. */
export function threadedExecutor(workspace: Workspace, threads: number): Executor {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const links = Array.from({ length: threads }, (_, i) => {
    const settings: BasisThread = { workspace, thread: i + 1, counter };
    return new WorkerLink<readonly Pass[], null>(
      workerFile,
      settings,
      ({ code, message }) =>
        new LanczosError(code ?? 'THREAD_FAILED', code ? message : `A thread of the Lanczos basis failed: ${message}`),
    );
  });
  return {
    workspace,
    blocks: blocksOf(workspace, 0),
    run: async (passes) => {
      Atomics.store(counter, 0, 0);
      const outcomes = await Promise.allSettled(links.map((link) => link.ask(passes)));
      const failed = outcomes.find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
    },
    close: async () => {
      const closed = new LanczosError('THREAD_FAILED', 'The Lanczos basis was closed.');
      await Promise.all(links.map((link) => link.close(closed)));
    },
  };
}
