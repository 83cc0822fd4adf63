/** Saved views: listed, saved under a name, deleted. Those of a project are of everybody who sees it. */
import { and, asc, eq, getTableColumns, isNull, sql } from 'drizzle-orm';
import { fields, isUuid } from '@ritz/records';
import { z } from 'zod';
import { requireScope, visibleProject } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query, transaction } from '../connection/execute.ts';
import { parse } from '../input/parse.ts';
import { savedView } from '../schema/savedView.ts';

/** A name for an address of the dashboard. */
export type SavedView = Readonly<typeof savedView.$inferSelect>;

const mostViews = 1000;

/** A path of the dashboard itself, so that opening a view never leads elsewhere. */
const address = fields.text.refine((value) => value.length <= 8000 && /^\/(?![/\\])/.test(value), {
  error: ({ input }) =>
    `expected a path that begins with one slash and has at most 8000 characters, got ${JSON.stringify(String(input).slice(0, 40))}`,
});

const viewSchema = z.strictObject({ name: fields.name, address });

export type NewView = Readonly<z.input<typeof viewSchema>>;

/** Those of the projects that exist for this access, by name, at most 1000. */
export function list(database: Database): Promise<SavedView[]> {
  return query(database, (orm) =>
    orm
      .select(getTableColumns(savedView))
      .from(savedView)
      .where(visibleProject(database, savedView.projectId))
      .orderBy(asc(savedView.name), asc(savedView.id))
      .limit(mostViews),
  );
}

/**
 * Saves a view for the access's own project, or for those who see all of them. The same name again replaces the address.
 * @throws DatabaseError FORBIDDEN without WRITE; INVALID naming the field.
 */
export async function save(database: Database, input: NewView): Promise<SavedView> {
  requireScope(database, 'write');
  const wanted = parse(viewSchema, input);
  const projectId = database.access.project?.id ?? null;
  const here = projectId === null ? isNull(savedView.projectId) : eq(savedView.projectId, projectId);
  return transaction(database, async (orm) => {
    const [made] = await orm
      .insert(savedView)
      .values({ ...wanted, projectId })
      .onConflictDoNothing()
      .returning();
    if (made) return made;
    const [changed] = await orm
      .update(savedView)
      .set({ address: wanted.address, updatedAt: sql`now()` })
      .where(and(here, eq(savedView.name, wanted.name)))
      .returning();
    if (!changed) throw new Error(`The view ${JSON.stringify(wanted.name)} was deleted while it was being saved.`);
    return changed;
  });
}

/** False when there was none. Throws FORBIDDEN without WRITE. */
export async function remove(database: Database, id: string): Promise<boolean> {
  requireScope(database, 'write');
  if (!isUuid(id)) return false;
  const gone = await query(database, (orm) =>
    orm
      .delete(savedView)
      .where(and(eq(savedView.id, id), visibleProject(database, savedView.projectId)))
      .returning({ id: savedView.id }),
  );
  return gone.length > 0;
}
