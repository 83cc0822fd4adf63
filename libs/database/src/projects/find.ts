/** Projects: found by name, created when first named. */
import { and, asc, inArray } from 'drizzle-orm';
import { visibleProject } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { inOrder } from '../input/inOrder.ts';
import { isUuid } from '@ritz/records';
import { project } from '../schema/project.ts';

export interface Project {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** All projects, by name. */
export function list(database: Database): Promise<Project[]> {
  return query(database, (orm) =>
    orm.select().from(project).where(visibleProject(database, project.id)).orderBy(asc(project.name)),
  );
}

/** One answer per id, in order; `null` where there is no such project. */
export async function byIds(database: Database, ids: readonly string[]): Promise<(Project | null)[]> {
  const rows = await query(database, (orm) =>
    orm
      .select()
      .from(project)
      .where(and(inArray(project.id, ids.filter(isUuid)), visibleProject(database, project.id))),
  );
  return inOrder(ids, rows, (row) => row.id);
}
