import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApiProcess, type ApiProcess } from './testing/apiProcess.ts';

const execute = promisify(execFile);
const readme = await readFile(path.resolve(import.meta.dirname, '../../../README.md'), 'utf8');
/** Empty where there is none; see `tools/workspace/python.mjs`. */
const python = process.env['RITZ_PYTHON'] ?? '';
const folder = path.resolve(import.meta.dirname, '../reports/readme');

let database: TestDatabase;
let api: ApiProcess;
beforeAll(async () => {
  database = await testDatabase();
  api = await startApiProcess(database.url);
});
afterAll(async () => {
  await api.kill();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The example of this name, as it stands, but for the address. */
function example(name: string): string {
  const text = new RegExp(`^\`\`\`\\w+ example=${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(readme)?.[1];
  if (text === undefined) throw new Error(`README.md has no example ${name}.`);
  expect(text).toContain('http://127.0.0.1:4000');
  return text.replaceAll('http://127.0.0.1:4000', api.url);
}

const shell = async (name: string): Promise<string> => (await execute('bash', ['-ec', example(name)])).stdout;

describe('the examples of the README', () => {
  it('store a run from the shell', async () => {
    const lines = (await shell('ingest'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { status: string });
    expect(lines.map(({ status }) => status)).toEqual(['CREATED', 'CREATED', 'CREATED', 'UPDATED', 'DONE']);
  });

  it('ask for it and export it', async () => {
    const text = await shell('query');
    expect(text).toContain('{"data":{"runs":{"nodes":[{"name":"by hand","trajectory":{"step":[10],"lambdaMax":[');
    expect(text).toContain('probe,6f1f1f0e-8a54-4c6e-9a53-0d3c5d1c0001');
    expect(text).toContain('"kind":"spectrum"');
  });

  it.skipIf(python === '' && process.env['CI'] !== 'true')('read it from Python', async () => {
    expect((await execute(python, ['-c', example('python')])).stdout).toBe('by hand 5\n');
  });

  it('read it from TypeScript', async () => {
    const { outputText } = ts.transpileModule(example('client'), {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, 'example.mjs');
    await writeFile(file, outputText);
    const { FORCE_COLOR: _, ...env } = process.env;
    expect((await execute(process.execPath, [file], { env })).stdout).toBe('by hand FINISHED 1\n');
  });
});
