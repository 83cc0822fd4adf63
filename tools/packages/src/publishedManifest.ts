/** The package.json of a package as published. */
import { readManifest, repository, type Manifest, type WorkspacePackage } from './workspace.ts';

/** Of use only in the workspace. */
const internal = ['private', 'scripts', 'devDependencies', 'nx'];
/** Leads to the sources, which are not packed. */
const sourceCondition = '@ritz/source';

/** @throws Error if the package lacks a description or a list of files. */
export function publishedManifest({ manifest }: WorkspacePackage): Manifest {
  for (const field of ['description', 'files'] as const) {
    if (manifest[field] === undefined) throw new Error(`${manifest.name}: expected "${field}" in package.json.`);
  }
  const { license, engines } = readManifest(repository);
  const kept = Object.entries(manifest).filter(([field]) => !internal.includes(field));
  return {
    ...(Object.fromEntries(kept) as Manifest),
    license,
    engines,
    ...(manifest.exports ? { exports: publishedExports(manifest.exports) } : {}),
  };
}

function publishedExports(entryPoints: NonNullable<Manifest['exports']>): NonNullable<Manifest['exports']> {
  return Object.fromEntries(
    Object.entries(entryPoints).map(([name, entry]) => {
      if (typeof entry === 'string') return [name, entry];
      return [name, Object.fromEntries(Object.entries(entry).filter(([condition]) => condition !== sourceCondition))];
    }),
  );
}
