/** Ends a PostgreSQL as a crash would. */
import type { Database } from '@ritz/database';

export async function killDatabase({ pool }: Database): Promise<void> {
  const { rows } = await pool.query<{ pid: string }>(`select pg_read_file('postmaster.pid') as pid`);
  process.kill(Number(rows[0]?.pid.split('\n')[0]), 'SIGKILL');
}
