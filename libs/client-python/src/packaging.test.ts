/** The package as pip installs it: from a wheel that was built from the source distribution, outside the repository. */
import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '@ritz/testing/vitest';
import { describe, expect, it } from 'vitest';
import { describePythonWith, packageFolder, runPython, startPython } from './testing/python.ts';

async function succeed(ended: ReturnType<typeof runPython>): Promise<string> {
  const { code, stdout, stderr } = await ended;
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
  return stdout;
}

/** Names of Python's files below a folder, sorted. */
async function modulesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith('.py') || name === 'py.typed').sort();
}

/** Calls a hook of the build backend that pyproject.toml names (PEP 517). */
const build = (folder: string, hook: 'build_sdist' | 'build_wheel', to: string): Promise<string> =>
  succeed(
    runPython(`import setuptools.build_meta as backend; backend.${hook}(${JSON.stringify(to)})`, {
      cwd: folder,
      environment: { PYTHONPATH: undefined },
    }),
  );

describe('the licence of the package', () => {
  it('is that of the repository', async () => {
    const [ours, whole] = await Promise.all(
      ['LICENSE', '../../LICENSE'].map((file) => readFile(path.join(packageFolder, file), 'utf8')),
    );
    expect(ours).toBe(whole);
  });
});

describePythonWith(
  'setuptools',
  'wheel',
  'pip',
)('the package', () => {
  it('installs from its source distribution and its wheel, whole, with README, licence and types', async () => {
    const folder = await temporaryFolder();
    // A build leaves folders beside what it builds.
    const source = path.join(folder, 'source');
    await mkdir(source);
    for (const name of ['ritz', 'pyproject.toml', 'README.md', 'LICENSE']) {
      await cp(path.join(packageFolder, name), path.join(source, name), {
        recursive: true,
        filter: (file) => !file.includes('__pycache__'),
      });
    }
    await build(source, 'build_sdist', path.join(folder, 'dist'));
    const dist = path.join(folder, 'dist');
    expect(await readdir(dist)).toEqual(['ritz-client-0.1.0.tar.gz']);
    const unpack = `import tarfile; tarfile.open('dist/ritz-client-0.1.0.tar.gz').extractall('unpacked')`;
    await succeed(runPython(unpack, { cwd: folder }));
    await build(path.join(folder, 'unpacked/ritz-client-0.1.0'), 'build_wheel', dist);
    const site = path.join(folder, 'site');
    const wheel = path.join(dist, 'ritz_client-0.1.0-py3-none-any.whl');
    const install = ['-m', 'pip', 'install', '--quiet', '--no-index', '--no-deps', '--target', site, wheel];
    await succeed(startPython(install, { cwd: folder, environment: { PYTHONPATH: undefined } }).ended);

    expect(await modulesIn(path.join(site, 'ritz'))).toEqual(await modulesIn(path.join(packageFolder, 'ritz')));
    const information = path.join(site, 'ritz_client-0.1.0.dist-info');
    expect(await readdir(information)).toContain('LICENSE');
    expect(await readFile(path.join(information, 'METADATA'), 'utf8')).toContain('# Ritz from Python');
    const program = `
import json, ritz
with ritz.init('packed', architecture='mlp', dataset='made up', optimiser='sgd', learning_rate=0.1,
               parameter_count=100, data_size=50, offline=True) as run:
    run.log_lanczos(10, alpha=[[2, 1, 0]], beta=[[1, 0.5, 0]])
print(json.dumps(ritz.__file__))`;
    const file: unknown = JSON.parse(
      await succeed(runPython(program, { cwd: folder, environment: { PYTHONPATH: site } })),
    );
    expect(file).toBe(path.join(site, 'ritz/__init__.py'));
    expect(await readdir(path.join(folder, 'ritz-runs'))).toHaveLength(1);
  });
});
