import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { thisProcess, type LockOwner } from './LockOwner.ts';
import { withLock, type LockOptions } from './withLock.ts';

let root: string;
let directory: string;
beforeEach(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-lock-'));
  directory = path.join(root, 'runs', 'a.lock');
});
afterEach(() => fs.rm(root, { recursive: true, force: true }));

const options: LockOptions = { subject: 'The run "a"', by: 'ritz train' };
const waiting = (onWait: (holder: string) => void = () => undefined): LockOptions => ({ ...options, onWait });

/** Writes an owner file as another process left it, `silence` seconds ago. */
async function leave(changes: Partial<LockOwner>, silence = 0): Promise<void> {
  await fs.mkdir(directory, { recursive: true });
  const file = path.join(directory, 'other.json');
  await fs.writeFile(file, JSON.stringify({ ...(await thisProcess('ritz reproduce')), ...changes }));
  const written = new Date(Date.now() - 1000 * silence);
  await fs.utimes(file, written, written);
}

async function numberOfADeadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '0']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

const work = (): Promise<string> => Promise.resolve('done');

describe('a lock', () => {
  it('lets one in, names it to others, and leaves nothing behind', async () => {
    await withLock(directory, options, async () => {
      await expect(withLock(directory, options, work)).rejects.toMatchObject({
        code: 'IN_USE',
        message: expect.stringMatching(
          new RegExp(
            `^The run "a" is locked by ritz train, process ${process.pid} on this machine, since [-0-9]{10} [:0-9]{8} UTC\\. ` +
              `Wait until it ends, or stop it \\(kill ${process.pid}\\) and start this again`,
          ),
        ) as unknown,
      });
    });
    expect(await withLock(directory, options, work)).toBe('done');
    expect(await fs.readdir(path.dirname(directory))).toEqual([]);
  });

  it('is given back when the work fails', async () => {
    await expect(withLock(directory, options, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(directory, options, work)).toBe('done');
  });

  it.each<[string, () => Promise<void>]>([
    ['a process that is gone', async () => leave({ pid: await numberOfADeadProcess() })],
    ['a process whose number another has by now', () => leave({ started: '1' })],
    ['a process elsewhere that has been silent for long', () => leave({ host: 'elsewhere' }, 61)],
    [
      'a machine that crashed before it was written',
      async () => {
        await leave({});
        await fs.writeFile(path.join(directory, 'other.json'), '');
      },
    ],
  ])('of %s holds up nobody', async (_, left) => {
    await left();
    expect(await withLock(directory, options, work)).toBe('done');
    expect(await fs.readdir(path.dirname(directory))).toEqual([]);
  });

  it('of a process elsewhere is kept while it shows signs of life', async () => {
    await leave({ host: 'elsewhere', pid: 7 }, 20);
    await expect(withLock(directory, options, work)).rejects.toThrow(
      /ritz reproduce, process 7 on elsewhere, since .* \(last heartbeat 20 s ago\)\. .*60 s after its last heartbeat/,
    );
  });

  it('keeps all apart that come at once', async () => {
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 6 }, () =>
        withLock(directory, waiting(), async () => {
          most = Math.max(most, ++inside);
          await sleep(2);
          inside--;
        }),
      ),
    );
    expect(most).toBe(1);
  });

  it('tells once who is waited for, and waits no longer than its signal says', async () => {
    const told: string[] = [];
    await withLock(directory, options, async () => {
      const signal = AbortSignal.timeout(300);
      const second = withLock(directory, { ...waiting((holder) => told.push(holder)), signal }, work);
      await expect(second).rejects.toMatchObject({ name: 'TimeoutError' });
    });
    expect(told).toEqual([expect.stringContaining(`ritz train, process ${process.pid} on this machine`)]);
  });

  it('that cannot be written is named', async () => {
    await fs.writeFile(path.join(root, 'file'), '');
    const inside = path.join(root, 'file', 'a.lock');
    await expect(withLock(inside, options, work)).rejects.toMatchObject({
      code: 'NOT_WRITABLE',
      message: expect.stringContaining(`${inside} cannot be written: ENOTDIR`) as unknown,
    });
  });
});
