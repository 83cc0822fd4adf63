/** A thread that runs its share of every pass over the blocks of a workspace. */
import { workerData } from 'node:worker_threads';
import { serve } from '../threads/serve.ts';
import { blocksOf } from './blocks.ts';
import type { BasisThread } from './executors.ts';
import { runPasses, type Pass } from './passes.ts';

const { workspace, thread, counter } = workerData as BasisThread;
const blocks = blocksOf(workspace, thread);

serve((passes: readonly Pass[]): null => {
  runPasses(blocks, workspace.size.precision, passes, () => Atomics.add(counter, 0, 1));
  return null;
});
