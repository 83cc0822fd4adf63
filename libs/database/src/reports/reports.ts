/** Reports: written, changed and found. A report is of one project and is seen by whoever sees that project. */
import { fields } from '@ritz/records';
import { and, desc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { requireProject, requireScope, visibleProject } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query, transaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { parse } from '../input/parse.ts';
import { ensureProject } from '../projects/ensureProject.ts';
import { report } from '../schema/report.ts';

export interface Report {
  readonly id: string;
  readonly projectId: string;
  readonly title: string;
  readonly markdown: string;
  /** 1 when it was created, one more with each change. */
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface NewReport {
  readonly title: string;
  readonly markdown: string;
  /** Name of its project, created if there is none; default "default". */
  readonly project?: string | null | undefined;
}

export interface ReportChange {
  readonly id: string;
  /** That of the report as it was read. */
  readonly revision: number;
  readonly title?: string | null | undefined;
  readonly markdown?: string | null | undefined;
}

const { name, text, uuid, int32 } = fields;
const newReport = z.strictObject({ title: name, markdown: text, project: name.nullish() });
const reportChange = z.strictObject({
  id: uuid,
  revision: int32({ min: 1 }),
  title: name.nullish(),
  markdown: text.nullish(),
});

/** Reports at most in a list. */
const mostReports = 1000;

/** The latest change first. */
export function list(database: Database): Promise<Report[]> {
  return query(database, (orm) =>
    orm
      .select()
      .from(report)
      .where(visibleProject(database, report.projectId))
      .orderBy(desc(report.updatedAt), desc(report.id))
      .limit(mostReports),
  );
}

/** Null where there is none that the access sees. */
export async function byId(database: Database, id: string): Promise<Report | null> {
  if (!uuid.safeParse(id).success) return null;
  const [found] = await query(database, (orm) =>
    orm
      .select()
      .from(report)
      .where(and(eq(report.id, id), visibleProject(database, report.projectId))),
  );
  return found ?? null;
}

/** @throws DatabaseError FORBIDDEN without WRITE, or for another project than the token's; INVALID naming the field. */
export async function create(database: Database, input: NewReport): Promise<Report> {
  requireScope(database, 'write');
  const { title, markdown, project } = parse(newReport, input);
  const projectName = project ?? database.access.project?.name ?? 'default';
  requireProject(database, projectName);
  return transaction(database, async (orm) => {
    const projectId = await ensureProject(orm, projectName);
    const [made] = await orm.insert(report).values({ title, markdown, projectId }).returning();
    if (!made) throw new Error('The database stored no report.');
    return made;
  });
}

/**
 * Changes a report as it was read; what is not given stays.
 * @throws DatabaseError FORBIDDEN without WRITE; NOT_FOUND; CONFLICT where somebody changed it since; INVALID naming the field.
 */
export async function edit(database: Database, input: ReportChange): Promise<Report> {
  requireScope(database, 'write');
  const { id, revision, title, markdown } = parse(reportChange, input);
  const [changed] = await query(database, (orm) =>
    orm
      .update(report)
      .set({
        ...(title == null ? {} : { title }),
        ...(markdown == null ? {} : { markdown }),
        revision: sql`${report.revision} + 1`,
        updatedAt: sql`now()`,
      })
      .where(and(eq(report.id, id), eq(report.revision, revision), visibleProject(database, report.projectId)))
      .returning(),
  );
  if (changed) return changed;
  const now = await byId(database, id);
  if (!now) throw new DatabaseError('NOT_FOUND', `id: there is no report ${id}.`, { field: ['id'] });
  throw new DatabaseError(
    'CONFLICT',
    `revision: expected ${String(now.revision)}, got ${String(revision)}: the report was changed since it was read. Read it again.`,
    { field: ['revision'] },
  );
}

/** Whether there was one. Throws FORBIDDEN without WRITE. */
export async function remove(database: Database, id: string): Promise<boolean> {
  requireScope(database, 'write');
  if (!uuid.safeParse(id).success) return false;
  const removed = await query(database, (orm) =>
    orm
      .delete(report)
      .where(and(eq(report.id, id), visibleProject(database, report.projectId)))
      .returning({ id: report.id }),
  );
  return removed.length > 0;
}
