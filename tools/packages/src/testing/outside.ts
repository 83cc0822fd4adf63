/** A folder outside the workspace with the packed packages installed by npm, as a user of theirs has it. */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { packAll, type PackedPackage } from '../pack.ts';
import { readManifest, repository } from '../workspace.ts';
import { lockFileFor } from './lockFile.ts';

export interface Outside {
  readonly directory: string;
  readonly packed: readonly PackedPackage[];
  /** Runs a program there to its end. Resolves to its standard output; rejects with all its output when it fails. */
  run(command: string, args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<string>;
  remove(): Promise<void>;
}

export async function installOutside(): Promise<Outside> {
  const directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-outside-'));
  const packed = await packAll(path.join(directory, 'packages'));
  const { devDependencies } = readManifest(repository) as { devDependencies?: Record<string, string> };
  const tools = ['typescript', '@types/node'].map((name) => [name, devDependencies?.[name] ?? '']);
  const manifest = {
    name: 'outside',
    private: true,
    type: 'module',
    dependencies: {
      ...Object.fromEntries(packed.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`])),
      ...Object.fromEntries(tools),
    },
  };
  await fs.writeFile(path.join(directory, 'package.json'), JSON.stringify(manifest));
  await fs.writeFile(path.join(directory, 'package-lock.json'), JSON.stringify(lockFileFor(manifest, packed)));
  const run: Outside['run'] = (command, args, environment = {}) => {
    const env = { ...inherited(), ...environment };
    return new Promise((resolve, reject) => {
      execFile(command, args, { cwd: directory, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error }));
      });
    });
  };
  await run('npm', ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund']);
  return { directory, packed, run, remove: () => fs.rm(directory, { recursive: true, force: true }) };
}

/** This process's environment, without what npm and Vitest say of the workspace in it. */
function inherited(): NodeJS.ProcessEnv {
  const foreign =
    /^(npm_(?!config_(cafile|registry|cache|userconfig))|NODE_ENV|NODE_OPTIONS|VITEST|RITZ_|DATABASE_URL|FORCE_COLOR)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
