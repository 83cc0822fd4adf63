import { execFile, spawnSync } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { testDatabase, type TestDatabase } from '@ritz/database/testing';
import { parseConfig } from '@ritz/training';
import ts from 'typescript';
import { startApiProcess, type ApiProcess } from '@ritz/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const execute = promisify(execFile);
const repository = path.resolve(import.meta.dirname, '../../..');
/** The READMEs with examples that need a running API, or that are configs. */
const readmes = await Promise.all(
  ['README.md', 'apps/api/README.md', 'libs/client/README.md'].map((file) =>
    readFile(path.join(repository, file), 'utf8'),
  ),
);
/** Empty where there is none; see `tools/workspace/machine/python.mjs`. */
const python = process.env['RITZ_PYTHON'] ?? '';
const inCi = process.env['CI'] === 'true';
const folder = path.resolve(import.meta.dirname, '../reports/readme');

let database: TestDatabase;
let api: ApiProcess;
beforeAll(async () => {
  database = await testDatabase();
  api = await startApiProcess({ DATABASE_URL: database.url });
});
afterAll(async () => {
  await api.kill();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The example of this name, as it stands; the same wherever it stands. */
function written(name: string): string {
  const fence = new RegExp(`^\`\`\`\\w+ example=${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm');
  const found = new Set(readmes.flatMap((readme) => fence.exec(readme)?.[1] ?? []));
  const [text] = found;
  if (text === undefined || found.size > 1) throw new Error(`README: expected one example ${name}, got ${found.size}.`);
  return text;
}

/** The same, but for the address. */
function example(name: string): string {
  const text = written(name);
  expect(text).toContain('http://127.0.0.1:4000');
  return text.replaceAll('http://127.0.0.1:4000', api.url);
}

/** Compiles and runs a module against the API. Resolves to what it prints. */
async function runTypeScript(name: string, text: string, ...args: string[]): Promise<string> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${name}.mjs`);
  await writeFile(file, outputText);
  const { FORCE_COLOR: _, ...env } = process.env;
  const { stdout } = await execute(process.execPath, [file, ...args], { env: { ...env, RITZ_URL: api.url } });
  return stdout;
}

/** Runs a program with the Python client. Resolves to what it prints; fails where it warns. */
async function runPython(program: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const { RITZ_TOKEN: _token, RITZ_RUNS: _runs, ...inherited } = process.env;
  const env = { ...inherited, PYTHONPATH: path.join(repository, 'libs/client-python') };
  const { stdout, stderr } = await execute(python, ['-c', program], { cwd: folder, env });
  expect(stderr).toBe('');
  return stdout;
}

const shell = async (name: string): Promise<string> => (await execute('bash', ['-ec', example(name)])).stdout;

/** In CI the examples run, and fail, where there is no curl. Elsewhere `npm test` says that they did not run. */
const noShell = spawnSync('curl', ['--version']).status !== 0 && !inCi;

describe.skipIf(noShell)('the examples of the READMEs', () => {
  it('are a config that can be trained', () => {
    const config = parseConfig('README.md', written('config'));
    expect(config).toMatchObject({ steps: 600, schedule: { kind: 'step' }, spectra: { probes: 4 } });
    // With batch norm a spectrum is of whole batches.
    expect(config.spectra.examples % config.batchSize).toBe(0);
  });

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

  it('read it from TypeScript', async () => {
    expect(await runTypeScript('example', example('client'))).toBe('by hand FINISHED 1\n');
  });

  it("read it by a query of one's own", async () => {
    const text = await readFile(path.join(repository, 'libs/client/examples/ownQuery.ts'), 'utf8');
    expect(await runTypeScript('ownQuery', text)).toMatch(/^by hand \(sgd\): λ₁ at most 2\.\d+\n$/);
  });

  it('compare runs in the example of the client', async () => {
    const text = await readFile(path.join(repository, 'libs/client/examples/compareRuns.ts'), 'utf8');
    const printed = JSON.parse(await runTypeScript('compareRuns', text, 'by hand')) as unknown;
    const query =
      '{ runs(filter: { search: "by hand" }) { nodes { id name trajectory { step lambdaMax } ' +
      'spectrum(step: 10) { density(grid: { points: 256 }) { lambda density } } } } }';
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data } = (await response.json()) as { data: { runs: { nodes: StoredRun[] } } };
    const [run] = data.runs.nodes;
    expect(printed).toEqual({
      names: [run?.name],
      lambda: run?.spectrum.density.lambda,
      density: [run?.spectrum.density.density],
      distances: [[0]],
      trajectories: [run?.trajectory],
    });
  });

  it.skipIf(python === '' && !inCi)('record and read from Python', async () => {
    expect(await runPython(example('python'))).toBe("['by hand', 'from Python'] 5 0.0\n");
  });
});

interface StoredRun {
  readonly name: string;
  readonly trajectory: object;
  readonly spectrum: { readonly density: { readonly lambda: number[]; readonly density: number[] } };
}
