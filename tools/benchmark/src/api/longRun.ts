/** One run of very many spectra and steps, copied inside the server from one that is there. */
import type { Database } from '@ritz/database';
import { copyRows } from './clone.ts';

const stepCount = 100_000;
const spectrumCount = 10_000;

/** Copies the settings of the run `template`, and its steps and spectra in turn, into a new run of a new experiment. */
export async function cloneLongRun(database: Database, template: string, experiment: string): Promise<void> {
  await copyRows(database, async (client) => {
    await client.query(
      `insert into experiment (project_id, name)
         select place.project_id, $2 from run join experiment as place on place.id = run.experiment_id where run.id = $1
         on conflict do nothing`,
      [template, experiment],
    );
    await client.query(
      `create temp table run_copy on commit drop as select $1::uuid as old, gen_random_uuid() as new, 'long' as name,
         (select id from experiment where name = $2) as experiment`,
      [template, experiment],
    );
    await client.query(
      `create temp table step_copy on commit drop as
         select s.id as old, c.new as run, n as number
         from run_copy c join (${numbered('step', 'number')}) as s on true
         join generate_series(0, $2::int - 1) as n on s.place = n % s.count`,
      [template, stepCount],
    );
    await client.query(
      `create temp table spectrum_copy on commit drop as
         select s.id as old, gen_random_uuid() as new, c.new as run, $2::int / $3::int * n as number
         from run_copy c join (${numbered('spectrum', 'step_number')}) as s on true
         join generate_series(0, $3::int - 1) as n on s.place = n % s.count`,
      [template, stepCount, spectrumCount],
    );
  });
}

/** The rows of the run $1, numbered in order from 0. */
function numbered(table: string, order: string): string {
  return `select id, row_number() over (order by ${order}) - 1 as place, count(*) over () as count from ${table} where run_id = $1`;
}
