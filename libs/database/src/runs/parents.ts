/** The run that a run is a fork of, as it was when it was forked. */
import { sql } from 'drizzle-orm';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { inOrder } from '../input/inOrder.ts';
import { isUuid } from '@ritz/records';
import { run } from '../schema/run.ts';
import { byIds } from './find.ts';
import type { Run } from './Run.ts';

/**
 * The parent of each run, null for a run without one, and for a parent that is not stored or not to be seen. Where the parent was
 * rewound since to before the step of the fork, it is what was superseded: the part that has the step.
 */
export async function parents(database: Database, runIds: readonly string[]): Promise<(Run | null)[]> {
  const { rows } = await query(database, (orm) =>
    orm.execute<{ readonly id: string; readonly parentId: string }>(sql`
      select fork.id, coalesce(part.id, fork.parent_id) as "parentId" from ${run} as fork
      left join lateral (
        select later.id from ${run} as later
        where fork.superseded_at is null and later.parent_id = fork.parent_id and later.superseded_at >= fork.created_at
          and later.parent_step < fork.parent_step
        order by later.superseded_at limit 1
      ) as part on true
      where fork.parent_id is not null and fork.id = any(${sql.param(runIds.filter(isUuid))}::uuid[])`),
  );
  const found = await byIds(
    database,
    rows.map(({ parentId }) => parentId),
  );
  const known = rows.map(({ id }, at) => ({ id, parent: found[at] ?? null }));
  return inOrder(runIds, known, ({ id }) => id).map((one) => one?.parent ?? null);
}
