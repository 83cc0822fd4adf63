/** Makes sure that a project of a name exists. */
import { eq } from 'drizzle-orm';
import type { Executor } from '../connection/Database.ts';
import { findOrCreate } from '../input/findOrCreate.ts';
import { project } from '../schema/project.ts';

/** The id of the project of this name, created if there is none; safe when many create it at once. */
export function ensureProject(orm: Executor, name: string): Promise<string> {
  return findOrCreate(
    () => orm.select({ id: project.id }).from(project).where(eq(project.name, name)),
    () => orm.insert(project).values({ name }).onConflictDoNothing().returning({ id: project.id }),
  );
}
