/** Creates a project before there is a run in it. */
import { requireProject, requireScope } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { transaction } from '../connection/execute.ts';
import { fields } from '@ritz/records';
import { parse } from '../input/parse.ts';
import { z } from 'zod';
import { eq } from 'drizzle-orm';
import { project } from '../schema/project.ts';
import type { Project } from './find.ts';

export interface CreatedProject {
  readonly project: Project;
  /** False when there was a project of this name. */
  readonly created: boolean;
}

const projectSchema = z.strictObject({ name: fields.name });

/** @throws DatabaseError FORBIDDEN without WRITE, or for another project than the token's; INVALID naming the field. */
export async function create(database: Database, input: { readonly name: string }): Promise<CreatedProject> {
  requireScope(database, 'write');
  const wanted = parse(projectSchema, input);
  requireProject(database, wanted.name);
  return transaction(database, async (orm) => {
    const [made] = await orm.insert(project).values(wanted).onConflictDoNothing().returning();
    if (made) return { project: made, created: true };
    const [found] = await orm.select().from(project).where(eq(project.name, wanted.name));
    if (!found) throw new Error(`The project ${JSON.stringify(wanted.name)} was removed while it was being created.`);
    return { project: found, created: false };
  });
}
