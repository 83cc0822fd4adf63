/** How PostgreSQL carries a statement out, once the tables hold enough that it matters. */
import type { Database } from '../connection/Database.ts';

/** The plan as text, one node a line. The statement is not run. */
export async function planOf(database: Database, statement: string, parameters: readonly unknown[]): Promise<string> {
  const { rows } = await database.pool.query<{ 'QUERY PLAN': string }>(`explain ${statement}`, [...parameters]);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}
