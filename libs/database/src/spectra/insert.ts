/** Puts spectra with everything that was measured of them into the tables, few statements for many. */
import { getTableColumns, sql } from 'drizzle-orm';
import type { Executor } from '../connection/Database.ts';
import { binaryDoubles } from '../connection/doubles.ts';
import { gradientEnergy } from '../schema/gradientEnergy.ts';
import { overlap } from '../schema/overlap.ts';
import { probe } from '../schema/probe.ts';
import { spectrum } from '../schema/spectrum.ts';
import { step } from '../schema/step.ts';
import { topSpace } from '../schema/topSpace.ts';
import { measurementDigest } from './measurement.ts';
import type { SpectrumRows } from './SpectrumRows.ts';

/** A spectrum, and when it was stored first where it is a copy. */
export type InsertedSpectrum = SpectrumRows & { readonly createdAt?: Date | undefined };

/**
 * Inserts, of at most 1000 spectra, those whose id and place are free; steps that were not logged get an empty row.
 * @returns the ids that were inserted.
 */
export async function insertSpectra(orm: Executor, spectra: readonly InsertedSpectrum[]): Promise<Set<string>> {
  await insertPlaces(orm, spectra);
  const ids = await insertSettings(orm, spectra);
  const fresh = spectra.filter(({ settings }) => ids.has(settings.id));
  if (fresh.length === 0) return ids;
  await insertProbes(orm, fresh);
  const overlaps = fresh.flatMap(({ settings, overlaps: some }) =>
    some.map((one) => ({ ...one, spectrumId: settings.id })),
  );
  // A statement has at most 65 535 parameters; an overlap takes four.
  for (let start = 0; start < overlaps.length; start += 10_000) {
    await orm.insert(overlap).values(overlaps.slice(start, start + 10_000));
  }
  const energies = fresh.flatMap(({ settings, energies: some }) =>
    some.map((one) => ({ ...one, spectrumId: settings.id })),
  );
  if (energies.length > 0) {
    await orm
      .insert(gradientEnergy)
      .values(energies.map((one) => ({ ...one, alpha: doubles(one.alpha), beta: doubles(one.beta) })));
  }
  const spaces = fresh.flatMap(({ settings, ritzVectors, spaceOverlaps }) =>
    ritzVectors.length + spaceOverlaps.length > 0 ? [{ spectrumId: settings.id, ritzVectors, spaceOverlaps }] : [],
  );
  if (spaces.length > 0) await orm.insert(topSpace).values(spaces);
  return ids;
}

/** In one order, so that two writers wait for each other instead of deadlocking. */
async function insertPlaces(orm: Executor, spectra: readonly SpectrumRows[]): Promise<void> {
  await orm.execute(sql`
    insert into ${step} (run_id, number)
    select run_id, number from unnest(
      ${sql.param(spectra.map(({ settings }) => settings.runId))}::uuid[],
      ${sql.param(spectra.map(({ settings }) => settings.stepNumber))}::int[]
    ) as given (run_id, number) order by run_id, number
    on conflict do nothing`);
}

/** The rows travel as one JSON text: a parameter for each of their values would cost more than all else here. */
async function insertSettings(orm: Executor, spectra: readonly InsertedSpectrum[]): Promise<Set<string>> {
  const {
    revision: _revision,
    createdAt,
    updatedAt: _updatedAt,
    measurement: _measurement,
    ...columns
  } = getTableColumns(spectrum);
  const given = Object.entries(columns).map(([field, { name }]) => [field as keyof typeof columns, name] as const);
  const rows = spectra.map(({ settings, createdAt: at }) =>
    Object.fromEntries([...given.map(([field, name]) => [name, settings[field]]), [createdAt.name, at]]),
  );
  const names = sql.join(
    given.map(([, name]) => sql.identifier(name)),
    sql`, `,
  );
  const { rows: inserted } = await orm.execute<{ id: string }>(sql`
    insert into ${spectrum} (${names}, created_at, measurement)
    select ${names}, coalesce(created_at, now()), ${measurementDigest()}
    from json_populate_recordset(null::spectrum, ${JSON.stringify(rows)}::json)
    on conflict do nothing returning id`);
  return new Set(inserted.map(({ id }) => id));
}

/**
 * All probes in one short statement: their columns as arrays, and every double in two long ones, of which each probe takes a
 * slice: alpha or nodes of the first, beta or weights of the second.
 */
async function insertProbes(orm: Executor, spectra: readonly SpectrumRows[]): Promise<void> {
  const probes = spectra.flatMap(({ settings, probes: some }) =>
    some.map((one) => ({ ...one, spectrumId: settings.id })),
  );
  const [firsts, seconds] = [laidOut(probes.map(firstOf)), laidOut(probes.map(secondOf))];
  await orm.execute(sql`
    insert into ${probe} (spectrum_id, index, seed, alpha, beta, nodes, weights)
    select id, index, seed,
      case when tridiagonal then one end, case when tridiagonal then two end,
      case when not tridiagonal then one end, case when not tridiagonal then two end
    from (
      select id, index, seed, tridiagonal,
        (${sql.param(firsts.doubles)}::float8[])[from_one:to_one] as one,
        (${sql.param(seconds.doubles)}::float8[])[from_two:to_two] as two
      from unnest(
        ${sql.param(probes.map(({ spectrumId }) => spectrumId))}::uuid[],
        ${sql.param(probes.map(({ index }) => index))}::int[],
        ${sql.param(probes.map(({ seed }) => seed))}::bigint[],
        ${sql.param(probes.map(({ alpha }) => alpha !== null))}::boolean[],
        ${sql.param(firsts.from)}::int[], ${sql.param(firsts.to)}::int[],
        ${sql.param(seconds.from)}::int[], ${sql.param(seconds.to)}::int[]
      ) as given (id, index, seed, tridiagonal, from_one, to_one, from_two, to_two)
    ) as sliced`);
}

function firstOf(one: SpectrumRows['probes'][number]): readonly number[] {
  return one.alpha ?? one.nodes;
}

function secondOf(one: SpectrumRows['probes'][number]): readonly number[] {
  return one.beta ?? one.weights;
}

/** Lists end to end, with the positions of each, counted from 1 and both included. */
function laidOut(lists: readonly (readonly number[])[]): { doubles: Buffer; from: number[]; to: number[] } {
  const from: number[] = [];
  const to: number[] = [];
  let end = 0;
  for (const list of lists) {
    from.push(end + 1);
    end += list.length;
    to.push(end);
  }
  return { doubles: binaryDoubles(lists), from, to };
}

function doubles(values: readonly number[]) {
  return sql`${sql.param(binaryDoubles([values]))}::float8[]`;
}
