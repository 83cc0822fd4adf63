/** Makes sure that an experiment of a name exists. */
import { and, eq } from 'drizzle-orm';
import type { Executor } from '../connection/Database.ts';
import { findOrCreate } from '../input/findOrCreate.ts';
import { experiment } from '../schema/experiment.ts';

/** The id of the experiment of this name, created if there is none; safe when many create it at once. */
export function ensureExperiment(orm: Executor, projectId: string, name: string): Promise<string> {
  const same = and(eq(experiment.projectId, projectId), eq(experiment.name, name));
  return findOrCreate(
    () => orm.select({ id: experiment.id }).from(experiment).where(same),
    () => orm.insert(experiment).values({ projectId, name }).onConflictDoNothing().returning({ id: experiment.id }),
  );
}
