/** Fills a database with copies of existing runs, inside the server and column by column: a minute instead of an hour. */
import type { Database } from '@ritz/database';

/** A connection of the pool. */
interface Client {
  query(text: string, values?: unknown[]): Promise<{ rows: { column_name: string }[] }>;
}

/** The tables below a run, with the values that a copy replaces. */
const copies: readonly { table: string; from: string; instead: Readonly<Record<string, string>> }[] = [
  {
    table: 'run',
    from: 'run t join run_copy c on t.id = c.old',
    instead: { id: 'c.new', name: 'c.name', experiment_id: 'c.experiment' },
  },
  {
    table: 'step',
    from: 'step t join step_copy c on t.id = c.old',
    instead: { id: 'gen_random_uuid()', run_id: 'c.run', number: 'c.number' },
  },
  {
    table: 'spectrum',
    from: 'spectrum t join spectrum_copy c on t.id = c.old',
    instead: { id: 'c.new', run_id: 'c.run', step_number: 'c.number', revision: 'gen_random_uuid()' },
  },
  ...['probe', 'overlap', 'gradient_energy', 'spectrum_summary'].map((table) => ({
    table,
    from: `${table} t join spectrum_copy c on t.spectrum_id = c.old`,
    instead: { spectrum_id: 'c.new' },
  })),
];

/**
 * Copies rows in one transaction. `choose` says which: it makes the temporary tables run_copy (old, new, name, experiment), step_copy
 * (old, run, number) and spectrum_copy (old, new, run, number), to be dropped on commit.
 */
export async function copyRows(database: Database, choose: (client: Client) => Promise<void>): Promise<void> {
  const client = await database.pool.connect();
  try {
    // A crash in the middle loses a seeding that can be repeated.
    await client.query('set synchronous_commit = off');
    await client.query('begin');
    await choose(client);
    for (const table of ['run_copy', 'step_copy', 'spectrum_copy']) await client.query(`analyze ${table}`);
    for (const { table, from, instead } of copies) {
      const columns = await columnsOf(client, table);
      const values = columns.map((column) => instead[column] ?? `t."${column}"`);
      const names = columns.map((column) => `"${column}"`);
      await client.query(`insert into "${table}" (${names.join(', ')}) select ${values.join(', ')} from ${from}`);
    }
    await client.query('commit');
  } finally {
    client.release(true);
  }
}

/** Copies the runs `templates` in turn until there are `count` runs. */
export async function cloneRuns(database: Database, templates: readonly string[], count: number): Promise<void> {
  await copyRows(database, async (client) => {
    await client.query(
      `create temp table run_copy on commit drop as
         select original.id as old, gen_random_uuid() as new, 'run ' || number as name, original.experiment_id as experiment
         from generate_series(1, $3::int - $2::int) as number
         join run as original on original.id = ($1::uuid[])[1 + number % $2::int]`,
      [templates, templates.length, count],
    );
    await client.query(
      `create temp table step_copy on commit drop as
         select s.id as old, c.new as run, s.number from step s join run_copy c on s.run_id = c.old`,
    );
    await client.query(
      `create temp table spectrum_copy on commit drop as
         select s.id as old, gen_random_uuid() as new, c.new as run, s.step_number as number
         from spectrum s join run_copy c on s.run_id = c.old`,
    );
  });
}

async function columnsOf(client: Client, table: string): Promise<string[]> {
  const { rows } = await client.query(
    `select column_name from information_schema.columns where table_schema = 'public' and table_name = $1
     and is_generated = 'NEVER' order by ordinal_position`,
    [table],
  );
  return rows.map((row) => row.column_name);
}
