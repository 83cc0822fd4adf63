/** The database of the benchmark: 2,000 runs × 50 spectra × 10 probes × m = 90, made once and kept. */
import { runs, spectra, steps, type Database } from '@ritz/database';
import { cloneRuns } from './clone.ts';
import { makeTemplate, spectraPerRun } from './template.ts';

export const runCount = 2000;
const templateCount = 4;

/** Seeds a database that holds less than RUNS runs, each with so many spectra; does nothing otherwise. Returns the seconds it took. */
export async function seed(database: Database, spectraOfRun = spectraPerRun): Promise<number> {
  const started = performance.now();
  const { totalCount, items } = await runs.list(database, { first: 100, filter: { experiment: 'seeded' } });
  if (totalCount >= runCount) return 0;
  // What a seeding that was interrupted left.
  for (const { id } of items) await runs.remove(database, id);
  const templates: string[] = [];
  for (let variant = 0; variant < templateCount; variant++) {
    const template = await makeTemplate(variant, spectraOfRun);
    await runs.create(database, template.run);
    await steps.log(database, { runId: template.run.id, steps: template.steps });
    for (const one of template.spectra) await spectra.record(database, one);
    templates.push(template.run.id);
  }
  await cloneRuns(database, templates, runCount);
  return (performance.now() - started) / 1000;
}
