/**
 * A package-lock.json for a folder outside the workspace: the packed packages, and third-party packages in the versions of the
 * workspace's own lock file. npm then needs no metadata of a registry, and finds what `npm ci` downloaded in its cache.
 */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { PackedPackage } from '../pack.ts';
import { readWorkspace, repository } from '../workspace.ts';

const lockFile = z.object({ packages: z.record(z.string(), z.looseObject({ link: z.boolean().optional() })) });

/** What a lock file repeats of a package.json. */
const repeated = [
  'version',
  'license',
  'bin',
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'engines',
];

/** The lock file of a package.json with these dependencies; entries that nothing needs are left for npm to drop. */
export function lockFileFor(rootManifest: object, packed: readonly PackedPackage[]): object {
  const { packages } = lockFile.parse(
    JSON.parse(fs.readFileSync(path.join(repository, 'package-lock.json'), 'utf8')) as unknown,
  );
  const entries: Record<string, object> = { '': rootManifest };
  const folders = [...readWorkspace()].map(
    ([name, { directory }]) => [`${path.relative(repository, directory)}/node_modules/`, name] as const,
  );
  for (const [place, entry] of Object.entries(packages)) {
    if (entry.link) continue;
    if (place.startsWith('node_modules/')) entries[place] = entry;
    const [folder, name] = folders.find(([prefix]) => place.startsWith(prefix)) ?? [];
    const isPacked = packed.some(({ manifest }) => manifest.name === name);
    if (folder && isPacked) entries[`node_modules/${name}/node_modules/${place.slice(folder.length)}`] = entry;
  }
  for (const { manifest, tarball, integrity } of packed) {
    const fields = Object.entries(manifest).filter(([field]) => repeated.includes(field));
    entries[`node_modules/${manifest.name}`] = {
      ...Object.fromEntries(fields),
      resolved: `file:${tarball}`,
      integrity,
    };
  }
  return { name: 'outside', lockfileVersion: 3, requires: true, packages: entries };
}
