import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '@ritz/testing/vitest';
import { parseDuration } from './duration.ts';
import { backUp, untilDue } from './schedule.ts';

const hour = 3_600_000;
const at = (hours: number): Date => new Date(Date.UTC(2030, 0, 1) + hours * hour);
const schedule = { every: 24 * hour, keep: 2 };
const write = (file: string): Promise<void> => writeFile(file, 'x');

describe('scheduled backups', () => {
  it('are due at once, then a day after the last', async () => {
    const folder = path.join(await temporaryFolder(), 'new');
    expect(await untilDue(folder, schedule, at(0))).toBe(0);
    await backUp(folder, schedule, at(0), write);
    expect(await untilDue(folder, schedule, at(1))).toBe(23 * hour);
    expect(await untilDue(folder, schedule, at(30))).toBe(0);
  });

  it('keep the newest, and remove nothing else', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'notes.jsonl.gz'), 'mine');
    for (const hours of [0, 24, 48]) await backUp(folder, schedule, at(hours), write);
    expect((await readdir(folder)).sort()).toEqual([
      'notes.jsonl.gz',
      'ritz-2030-01-02T00-00-00-000Z.jsonl.gz',
      'ritz-2030-01-03T00-00-00-000Z.jsonl.gz',
    ]);
  });

  it('that fail remove none of the old ones', async () => {
    const folder = await temporaryFolder();
    await backUp(folder, { ...schedule, keep: 1 }, at(0), write);
    const failing = backUp(folder, { ...schedule, keep: 1 }, at(24), () => Promise.reject(new Error('disk full')));
    await expect(failing).rejects.toThrow('disk full');
    expect(await readdir(folder)).toEqual(['ritz-2030-01-01T00-00-00-000Z.jsonl.gz']);
  });
});

it.each(['0d', 'daily', '1', '1w', '99999d'])('%s is no length of time', (text) => {
  expect(() => parseDuration(text, '--every')).toThrow(`--every: expected a length of time such as 30m, 12h or 1d`);
});
