import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { settings } from './catalogue.ts';
import { settingRows, settingsPage } from './page.ts';
import { checkSettings, choiceOf, integerOf, textOf } from './read.ts';

const packageFolder = path.resolve(import.meta.dirname, '..');

describe('a setting', () => {
  it('is its preset unless given, also when it is empty', () => {
    expect(integerOf('RITZ_API_PORT', {})).toBe(4000);
    expect(integerOf('RITZ_API_PORT', { RITZ_API_PORT: '' })).toBe(4000);
    expect(textOf('RITZ_STORE', {})).toBeNull();
    expect(choiceOf('RITZ_LOG', {})).toBe('info');
  });

  it.each([
    ['RITZ_API_PORT', 'http', 'RITZ_API_PORT: expected an integer from 0 to 65535, got "http".'],
    ['RITZ_API_PORT', '65536', 'RITZ_API_PORT: expected an integer from 0 to 65535, got "65536".'],
    ['RITZ_QUERY_SECONDS', '0', 'RITZ_QUERY_SECONDS: expected an integer from 1 to 3600 (s), got "0".'],
    ['RITZ_MIGRATE', 'yes', 'RITZ_MIGRATE: expected one of on, off, got "yes".'],
  ])('%s is not %s', (name, text, message) => {
    expect(() => {
      checkSettings({ [name]: text });
    }).toThrow(message);
  });

  it('that is a secret is not shown', () => {
    const rows = settingRows({ DATABASE_URL: 'postgres://me:secret@db/ritz', RITZ_TOKEN: 'ritz_secret' });
    expect(JSON.stringify(rows)).not.toContain('secret@');
    expect(JSON.stringify(rows)).not.toContain('ritz_secret');
  });
});

it('the page lists them all', async () => {
  const file = path.join(packageFolder, 'SETTINGS.md');
  const options = { ...(await resolveConfig(file)), parser: 'markdown' };
  await expect(await format(settingsPage(), options)).toMatchFileSnapshot(file);
});

it('no other variable of Ritz is read anywhere', () => {
  const repository = path.resolve(packageFolder, '../..');
  const packages = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(path.join(repository, folder)).map((name) => path.join(folder, name, 'src')),
  );
  const files = packages.flatMap((folder) => sourcesIn(repository, folder));
  const read = files.flatMap((file) =>
    [...readFileSync(path.join(repository, file), 'utf8').matchAll(/\b(?:RITZ_[A-Z_]*[A-Z]|DATABASE_URL)\b/g)].map(
      ([name]) => name,
    ),
  );
  const unknown = [...new Set(read)].filter((name) => !(name in settings));
  expect(files.length).toBeGreaterThan(200);
  expect(unknown).toEqual([]);
});

/** The sources of a package that are no tests. */
function sourcesIn(repository: string, folder: string): string[] {
  if (folder.includes('dashboard-e2e')) return [];
  try {
    return readdirSync(path.join(repository, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(?:ts|tsx|py)$/.test(file) && !/\.test\.|testing\//.test(file))
      .map((file) => path.join(folder, file));
  } catch {
    return []; // A package without sources of its own.
  }
}
