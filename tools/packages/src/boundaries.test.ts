/** The table and the picture in libs/README.md say what lint enforces, no more and no less. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { repository } from './workspace.ts';

const config: unknown = await import(path.join(repository, 'eslint.config.js'));
const { layers } = config as { readonly layers: Readonly<Record<string, readonly string[]>> };
const readme = fs.readFileSync(path.join(repository, 'libs/README.md'), 'utf8');

/** Layers of the product; the others are those of tests and tools. */
const product = Object.keys(layers)
  .map((tag) => tag.replace('layer:', ''))
  .filter((name) => !['benchmark', 'client-python', 'docker', 'e2e', 'packages', 'testing'].includes(name));

const allowed = (name: string): string[] =>
  (layers[`layer:${name}`] ?? []).map((tag) => tag.replace('layer:', '')).sort();

it('the table has a row for every package, with the imports that lint allows', () => {
  const rows = [...readme.matchAll(/^\| `(?:libs|apps)\/([\w-]+)` +\| [^|]+ \| ([^|]+?) +\|$/gm)];
  const imports = new Map(rows.map(([, name = '', list = '']) => [name, list === '–' ? [] : list.split(', ')]));
  const expected = Object.fromEntries(product.map((name) => [name, allowed(name)]));
  expect(Object.fromEntries(product.map((name) => [name, imports.get(name)]))).toEqual(expected);
  const folders = ['libs', 'apps'].flatMap((group) =>
    fs.readdirSync(path.join(repository, group)).filter((name) => !name.includes('.')),
  );
  expect([...imports.keys()].sort()).toEqual(folders.sort());
});

it('the picture has the arrows that lint allows, without those that follow from others', () => {
  const arrows = [...readme.matchAll(/^ {2}([\w-]+) --> (.+)$/gm)];
  const direct = new Map(arrows.map(([, name = '', list = '']) => [name, list.split(' & ')]));
  const reached = (name: string): string[] =>
    (direct.get(name) ?? [])
      .flatMap((next) => [next, ...reached(next)])
      .filter((next, i, all) => all.indexOf(next) === i);
  for (const [name, list] of direct) expect(allowed(name), name).toEqual(expect.arrayContaining(list));
  for (const name of product) expect(reached(name), name).toEqual(expect.arrayContaining(allowed(name)));
});
