import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runRitz, startRitz } from '../testing/ritz.ts';

let databases: TestDatabase[];
beforeAll(async () => {
  databases = [await testDatabase(), await testDatabase()];
});
afterAll(async () => {
  for (const database of databases) await database.stop();
});

const fixture = path.resolve(import.meta.dirname, '../../../../tools/fixtures/peers/tridiagonals.npy');
const importing = [
  ...['import', fixture, '--name', 'peer', '--architecture', 'mlp', '--dataset', 'made up', '--optimiser', 'none'],
  ...['--learning-rate', '0', '--parameters', '30', '--data-size', '1'],
];

describe('import, token, backup, restore', () => {
  it('end with the same in another database, which a second time changes nothing', async () => {
    const [from, to] = databases.map(({ url }) => ({ DATABASE_URL: url }));
    const folder = await temporaryFolder();
    const [saved, copied] = [path.join(folder, 'saved.jsonl.gz'), path.join(folder, 'copied.jsonl')];
    const plain = path.join(folder, 'plain.jsonl');
    const run = (args: string[], environment = from): ReturnType<typeof runRitz> => runRitz(args, { ...environment });

    expect((await run(importing)).stdout).toMatch(/^Run [0-9a-f-]{36}: 1 spectrum\.\n$/);
    expect((await run(importing)).stdout).toContain('already stored');
    const created = await run(['token', 'create', '--name', 'laptop', '--scope', 'read', '--project', 'default']);
    expect(created.stdout).toMatch(/^ritz_[\w-]{43}\n$/);
    const listed = await run(['token', 'list']);
    expect(listed.stdout).toMatch(/laptop +read +default +.* in use/);
    expect(listed.stdout).not.toContain(created.stdout.trim());
    const id = /[0-9a-f-]{36}/.exec(listed.stdout)?.[0] ?? '';
    expect(await run(['token', 'revoke', id])).toMatchObject({ code: 0 });
    expect((await run(['token', 'list'])).stdout).toContain('revoked');

    expect(await run(['backup', plain])).toMatchObject({ code: 0, stdout: expect.stringContaining('1 × spectrum') });
    expect(await run(['backup', saved])).toMatchObject({ code: 0 });
    expect(await run(['restore', saved], to)).toMatchObject({ code: 0, stderr: '' });
    expect((await run(['restore', saved], to)).stdout).toContain('0 restored, 0 completed');
    expect(await run(['backup', copied], to)).toMatchObject({ code: 0 });
    expect(await readFile(copied, 'utf8')).toBe(await readFile(plain, 'utf8'));
    expect(await readFile(plain, 'utf8')).not.toContain(created.stdout.trim());
    expect((await run(['backup', plain])).stdout).toContain('Tokens are in it as hashes, passwords not at all.');
    expect(await run(['restore', '--drill', saved])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('the drill succeeded: ') as unknown,
    });
  });

  it('are rehearsed with what the version before wrote', async () => {
    const before = path.resolve(import.meta.dirname, '../../../../tools/fixtures/database/version-1.backup.jsonl');
    const drill = await runRitz(['restore', '--drill', before]);
    expect(drill).toMatchObject({ code: 0, stdout: expect.stringContaining('the drill succeeded: ') as unknown });
    const cut = path.join(await temporaryFolder(), 'cut.jsonl');
    const lines = (await readFile(before, 'utf8')).split('\n').filter((line) => !line.includes('"kind":"run"'));
    await writeFile(cut, lines.join('\n'));
    const failed = await runRitz(['restore', '--drill', cut]);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('the drill failed: ') as unknown });
  });

  it('are written on a schedule until they are interrupted', async () => {
    const folder = path.join(await temporaryFolder(), 'backups');
    const scheduled = startRitz(['backup', folder, '--every', '1d', '--keep', '2'], {
      DATABASE_URL: databases[0]?.url ?? '',
    });
    await scheduled.printed('Tokens are in it as hashes');
    scheduled.interrupt();
    expect((await scheduled.ended).code).toBe(0);
    expect(await readdir(folder)).toEqual([expect.stringMatching(/^ritz-.*\.jsonl\.gz$/)]);
  });

  it('say what is wrong with a file', async () => {
    const environment = { DATABASE_URL: databases[0]?.url ?? '' };
    const half = path.join(await temporaryFolder(), 'half.jsonl');
    await writeFile(half, '{"v":1,"kind":"pro');
    const damaged = await runRitz(['restore', half], environment);
    expect(damaged).toMatchObject({ code: 1, stderr: expect.stringContaining('line 1: not JSON') });
    const missing = await runRitz(['restore', '/nowhere.jsonl'], environment);
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be read') });
    const unwritable = await runRitz(['backup', '/nowhere/at/all.jsonl'], environment);
    expect(unwritable).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be written') });
  });
});
