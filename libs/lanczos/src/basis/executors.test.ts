import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { threadedExecutor } from './executors.ts';
import type { Pass } from './passes.ts';
import { ScratchFile } from './ScratchFile.ts';
import { createScratchWorkspace, createWorkspace } from './workspace.ts';

const size = { dimension: 20_000, rows: 4, bases: 1, precision: 'float32' } as const;
const pass: Pass = { kind: 'multiply', slot: 0, work: 0, count: 2, combine: null, project: 0 };

describe('threadedExecutor', () => {
  it('says what went wrong in a thread, with its code', async () => {
    const empty = ScratchFile.create(os.tmpdir(), 0);
    const executor = threadedExecutor(createScratchWorkspace(size, empty, 2), 2);
    await expect(executor.run([pass])).rejects.toMatchObject({
      code: 'STATE_UNWRITABLE',
      message: expect.stringContaining(`the Lanczos basis cannot be kept in ${os.tmpdir()} (the file ends too early`),
    });
    await executor.close();
    empty.close();
  });

  it('is of no more use when it is closed', async () => {
    const executor = threadedExecutor(createWorkspace(size), 2);
    await executor.run([pass]);
    const underWay = executor.run([pass]);
    await Promise.all([
      expect(underWay).rejects.toMatchObject({ code: 'THREAD_FAILED', message: /was closed/ }),
      executor.close(),
    ]);
    await expect(executor.run([pass])).rejects.toMatchObject({ code: 'THREAD_FAILED' });
  });
});
