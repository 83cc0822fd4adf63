/** The packages of this workspace, by name, and those that one of them needs to be installed elsewhere. */
import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export const repository = path.resolve(import.meta.dirname, '../../..');

const names = z.record(z.string(), z.string()).default({});

/** Where an entry point leads: a file, or one for each condition. */
const entryPoint = z.union([z.string(), z.record(z.string(), z.string())]);

const manifestSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  description: z.string().optional(),
  files: z.array(z.string()).optional(),
  exports: z.record(z.string(), entryPoint).optional(),
  dependencies: names,
  optionalDependencies: names,
});

export type Manifest = z.output<typeof manifestSchema>;

export interface WorkspacePackage {
  readonly directory: string;
  readonly manifest: Manifest;
}

export function readManifest(directory: string): Manifest {
  return manifestSchema.parse(JSON.parse(fs.readFileSync(path.join(directory, 'package.json'), 'utf8')));
}

export function readWorkspace(): ReadonlyMap<string, WorkspacePackage> {
  const packages = ['libs', 'apps'].flatMap((group) =>
    fs
      .readdirSync(path.join(repository, group))
      .map((name) => path.join(repository, group, name))
      .filter((directory) => fs.existsSync(path.join(directory, 'package.json')))
      .map((directory) => ({ directory, manifest: readManifest(directory) })),
  );
  return new Map(packages.map((found) => [found.manifest.name, found]));
}

/** The packages of these names and, by their dependencies, all others of the workspace that they need. */
export function withDependencies(
  names: readonly string[],
  workspace: ReadonlyMap<string, WorkspacePackage>,
): WorkspacePackage[] {
  const found = new Map<string, WorkspacePackage>();
  const visit = (name: string): void => {
    const member = workspace.get(name);
    if (member === undefined || found.has(name)) return;
    found.set(name, member);
    Object.keys(member.manifest.dependencies).forEach(visit);
  };
  for (const name of names) {
    if (!workspace.has(name)) throw new Error(`Package: expected one of the workspace, got ${name}.`);
    visit(name);
  }
  return [...found.values()];
}
