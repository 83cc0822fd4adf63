/** Packs built packages for npm: each gets the licence and a package.json that speaks of no workspace. */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { publishedManifest } from './publishedManifest.ts';
import { readWorkspace, repository, withDependencies, type Manifest, type WorkspacePackage } from './workspace.ts';

/** Packages that users install; their dependencies in the workspace are packed with them. */
const entryPackages: readonly string[] = [
  '@ritz/cli',
  '@ritz/client',
  '@ritz/estimation',
  '@ritz/lanczos',
  '@ritz/records',
  '@ritz/spectra',
];

export interface PackedPackage {
  readonly manifest: Manifest;
  readonly tarball: string;
  /** Base64 of a SHA-512, as a lock file has it. */
  readonly integrity: string;
  /** In bytes, packed. */
  readonly size: number;
  readonly files: readonly string[];
}

const packResult = z.tuple([
  z.object({
    filename: z.string(),
    integrity: z.string(),
    size: z.number(),
    files: z.array(z.object({ path: z.string() })),
  }),
]);

/** Packs the entry packages and what they need into a folder. They must have been built. */
export async function packAll(destination: string): Promise<PackedPackage[]> {
  await fs.mkdir(destination, { recursive: true });
  const packed = [];
  for (const member of withDependencies(entryPackages, readWorkspace())) packed.push(await pack(member, destination));
  return packed;
}

async function pack(member: WorkspacePackage, destination: string): Promise<PackedPackage> {
  const manifest = publishedManifest(member);
  const staging = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-pack-'));
  try {
    // The files that the package lists, except those excluded by a pattern that begins with "!".
    const folders = (manifest.files ?? []).filter((entry) => !entry.startsWith('!'));
    for (const entry of ['README.md', ...folders]) {
      await fs.cp(path.join(member.directory, entry), path.join(staging, entry), { recursive: true });
    }
    await fs.copyFile(path.join(repository, 'LICENSE'), path.join(staging, 'LICENSE'));
    await fs.writeFile(path.join(staging, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
    const { stdout } = await promisify(execFile)('npm', args, { cwd: staging, maxBuffer: 2 ** 26 });
    const [{ filename, integrity, size, files }] = packResult.parse(JSON.parse(stdout));
    const tarball = path.join(destination, filename);
    return { manifest, tarball, integrity, size, files: files.map((file) => file.path) };
  } finally {
    await fs.rm(staging, { recursive: true });
  }
}
