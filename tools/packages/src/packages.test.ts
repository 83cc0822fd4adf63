/** The packed packages in a folder outside the workspace: their entry points, their types, the examples, the command. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { freePort } from '@ritz/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleOf } from './testing/examples.ts';
import { installOutside, type Outside } from './testing/outside.ts';
import { repository } from './workspace.ts';

let outside: Outside;
beforeAll(async () => {
  outside = await installOutside();
}, 600_000);
afterAll(() => outside.remove());

/** Entry points with a path of their own in a package: files that each names. */
function targets(entry: string | Record<string, string>): string[] {
  return typeof entry === 'string' ? [entry] : Object.values(entry);
}

const write = (file: string, text: string): Promise<void> => fs.writeFile(path.join(outside.directory, file), text);

/** Compiles as a strict project of a user's would. */
async function compile(files: readonly string[], options: { readonly skipLibCheck: boolean }): Promise<void> {
  const strict = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    exactOptionalPropertyTypes: true,
    types: ['node'],
  };
  await write('tsconfig.json', JSON.stringify({ files, compilerOptions: { ...strict, ...options } }));
  await outside.run('npx', ['tsc']);
}

describe('every packed package', () => {
  it('has a README, the licence and every file that its entry points name', () => {
    for (const { manifest, files } of outside.packed) {
      expect(files, manifest.name).toEqual(expect.arrayContaining(['README.md', 'LICENSE', 'package.json']));
      const named = Object.values(manifest.exports ?? {}).flatMap(targets);
      const missing = named.filter((file) => !files.includes(file.replace('./', '')));
      expect(missing, manifest.name).toEqual([]);
    }
  });

  it('says nothing of the workspace and has no test', () => {
    for (const { manifest, files } of outside.packed) {
      expect(Object.keys(manifest)).not.toContain('private');
      expect(JSON.stringify(manifest)).not.toContain('@ritz/source');
      expect(
        files.filter((file) => /\.test\.|\.map$|tsbuildinfo|^src\//.test(file)),
        manifest.name,
      ).toEqual([]);
    }
  });
});

describe('the installed libraries', () => {
  it('type-check, with the declarations of all that they bring, and run as the READMEs say', async () => {
    const libs = path.join(repository, 'libs');
    await write('lanczos.ts', await exampleOf(path.join(libs, 'lanczos/README.md'), 'lanczos'));
    await write('spectrum.ts', await exampleOf(path.join(libs, 'estimation/README.md'), 'spectrum'));
    await write('client.ts', await exampleOf(path.join(libs, 'client/README.md'), 'client'));
    await write('records.ts', "import * as records from '@ritz/records';\nconsole.log('runSchema' in records);\n");
    await compile(['client.ts', 'lanczos.ts', 'records.ts'], { skipLibCheck: false });
    // The declarations of @tensorflow/tfjs-core have errors of their own.
    await compile(['spectrum.ts'], { skipLibCheck: true });
    const node = (file: string): Promise<string> => outside.run(process.execPath, [file]);
    expect(await node('lanczos.js')).toMatch(/^λ₁ = 50\.000000, within \de-\d+\n$/);
    expect(await node('spectrum.js')).toBe('λ₁ = 0.9330\n');
    expect(await node('records.js')).toBe('true\n');
  }, 300_000);
});

describe('the installed command', () => {
  it('runs the demo with its own database and dashboard', async () => {
    const [port, apiPort] = [await freePort(), await freePort()];
    const size = ['--steps', '4', '--images', '32', '--lanczos-steps', '4', '--probes', '2'];
    const ports = { RITZ_PORT: String(port), RITZ_API_PORT: String(apiPort) };
    const demo = outside.run('npx', ['ritz', 'demo', '--exit', ...size], ports);
    let [ended, page] = [false, ''];
    void demo.finally(() => (ended = true)).catch(() => undefined);
    while (!ended && !page.includes('MLP')) {
      page = await fetch(`http://127.0.0.1:${port}/`).then(
        (response) => response.text(),
        () => '',
      );
    }
    expect(await demo).toContain('MLP, step decay');
    expect(page).toContain('MLP, constant rate');
  }, 600_000);
});
