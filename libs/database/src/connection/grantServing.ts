/** What a role needs that serves but may not change the tables. */
import { escapeIdentifier } from 'pg';
import { DatabaseError } from '../error/DatabaseError.ts';
import { queueSchema } from '../jobs/queue.ts';
import type { Database } from './Database.ts';
import { translate } from './translate.ts';

/**
 * Lets `role` read and write the rows of Ritz, now and in tables that this user makes later; it can make, change and drop none.
 * @throws DatabaseError NOT_FOUND when there is no such role; QUERY_FAILED when this user may not grant.
 */
export async function grantServing({ pool, address }: Database, role: string): Promise<void> {
  try {
    const { rows } = await pool.query('select 1 from pg_roles where rolname = $1', [role]);
    if (rows.length === 0) {
      throw new DatabaseError('NOT_FOUND', `--grant: expected a role of ${address}, got ${JSON.stringify(role)}.`);
    }
    const name = escapeIdentifier(role);
    for (const schema of ['public', queueSchema]) {
      await pool.query(`
        grant usage on schema ${schema} to ${name};
        grant select, insert, update, delete on all tables in schema ${schema} to ${name};
        grant usage, select on all sequences in schema ${schema} to ${name};
        grant execute on all functions in schema ${schema} to ${name};
        alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${name};
        alter default privileges in schema ${schema} grant usage, select on sequences to ${name};
        alter default privileges in schema ${schema} grant execute on functions to ${name}`);
    }
    await pool.query(`
      grant usage on schema drizzle to ${name};
      grant select on all tables in schema drizzle to ${name}`);
  } catch (error) {
    throw translate(error, address);
  }
}
