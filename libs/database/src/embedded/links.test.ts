import { mkdir, mkdtemp, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeLinks } from './links.ts';

/** A package without links. Returns the path of its program. */
async function packageWith(links: readonly { source: string; target: string }[] | null): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'ritz-links-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  await mkdir(path.join(root, 'native/lib'), { recursive: true });
  await writeFile(path.join(root, 'native/lib/libpq.so.5.18'), '');
  if (links !== null) await writeFile(path.join(root, 'native/pg-symlinks.json'), JSON.stringify(links));
  return path.join(root, 'native/bin/postgres');
}

const links = [
  { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
  { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
];

it('makes the links that are missing and leaves those that are there', async () => {
  const program = await packageWith(links);
  const library = path.resolve(path.dirname(program), '../lib');
  await symlink('libpq.so.5.18', path.join(library, 'libpq.so.5'));
  await makeLinks(program);
  expect(await readlink(path.join(library, 'libpq.so.5'))).toBe('libpq.so.5.18');
  expect(await readlink(path.join(library, 'libpq.so'))).toBe('libpq.so.5.18');
});

it('makes none for a platform that lists none', async () => {
  await expect(makeLinks(await packageWith(null))).resolves.toBeUndefined();
});

it('names the link that cannot be made and what to do', async () => {
  const program = await packageWith([{ source: 'native/lib/libpq.so.5.18', target: 'native/missing/libpq.so' }]);
  await expect(makeLinks(program)).rejects.toMatchObject({
    code: 'EMBEDDED_UNAVAILABLE',
    message: expect.stringMatching(/native\/missing\/libpq\.so.*Make its folder writable once, or set DATABASE_URL/),
  });
});
