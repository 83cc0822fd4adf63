import os from 'node:os';
import { describe, expect, it } from 'vitest';
import { threadedExecutor } from './executors.ts';
import type { Pass } from './passes.ts';
import { ScratchFile } from './ScratchFile.ts';
import { createScratchWorkspace, createWorkspace, scratchBytes } from './workspace.ts';

const size = { dimension: 20_000, rows: 4, bases: 1, precision: 'float32' } as const;
const pass: Pass = { kind: 'multiply', slot: 0, work: 0, count: 2, combine: null, project: 0 };

describe('threadedExecutor', () => {
  it('says what went wrong in a thread, with its code', async () => {
    const file = ScratchFile.create(os.tmpdir(), scratchBytes(size));
    const executor = threadedExecutor(createScratchWorkspace(size, file, 2), 2);
    file.close();
    await expect(executor.run([pass])).rejects.toMatchObject({
      code: 'STATE_UNWRITABLE',
      message: expect.stringContaining(`the Lanczos basis cannot be kept in ${os.tmpdir()} (EBADF`),
    });
    await executor.close();
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
