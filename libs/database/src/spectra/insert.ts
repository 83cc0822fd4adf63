/** Puts spectra with their probes, overlaps and gradient energies into the tables, few statements for many. */
import { sql } from 'drizzle-orm';
import type { Executor } from '../connection/Database.ts';
import { arrayLiteral } from '../probes/tridiagonal.ts';
import { gradientEnergy } from '../schema/gradientEnergy.ts';
import { overlap } from '../schema/overlap.ts';
import { probe } from '../schema/probe.ts';
import { spectrum } from '../schema/spectrum.ts';
import { step } from '../schema/step.ts';
import type { SpectrumPayload } from './normaliseSpectrum.ts';

/** A spectrum, and when it was stored first where it is a copy. */
export type InsertedSpectrum = SpectrumPayload & { readonly createdAt?: Date | undefined };

/**
 * Inserts, of at most 1000 spectra, those whose id and place are free; steps that were not logged get an empty row.
 * @returns the ids that were inserted.
 */
export async function insertSpectra(orm: Executor, spectra: readonly InsertedSpectrum[]): Promise<Set<string>> {
  const places = spectra.map(({ settings }) => ({ runId: settings.runId, number: settings.stepNumber }));
  await orm
    .insert(step)
    .values(places.sort((a, b) => a.runId.localeCompare(b.runId) || a.number - b.number))
    .onConflictDoNothing();
  const rows = spectra.map(({ settings, createdAt }) => (createdAt ? { ...settings, createdAt } : settings));
  const inserted = await orm.insert(spectrum).values(rows).onConflictDoNothing().returning({ id: spectrum.id });
  const ids = new Set(inserted.map(({ id }) => id));
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
  return ids;
}

/** Columns as arrays: one short statement however many probes there are. */
async function insertProbes(orm: Executor, spectra: readonly SpectrumPayload[]): Promise<void> {
  const probes = spectra.flatMap(({ settings, probes: some }) =>
    some.map((one) => ({ ...one, spectrumId: settings.id })),
  );
  const column = (values: readonly (string | number | null)[]) => sql.param(values);
  const lists = (name: 'alpha' | 'beta' | 'nodes' | 'weights') =>
    column(probes.map(({ [name]: values }) => (values === null ? null : arrayLiteral(values))));
  await orm.execute(sql`
    insert into ${probe} (spectrum_id, index, seed, alpha, beta, nodes, weights)
    select id, index, seed, alpha::float8[], beta::float8[], nodes::float8[], weights::float8[]
    from unnest(
      ${column(probes.map(({ spectrumId }) => spectrumId))}::uuid[],
      ${column(probes.map(({ index }) => index))}::int[],
      ${column(probes.map(({ seed }) => seed))}::bigint[],
      ${lists('alpha')}::text[], ${lists('beta')}::text[], ${lists('nodes')}::text[], ${lists('weights')}::text[]
    ) as given (id, index, seed, alpha, beta, nodes, weights)`);
}

function doubles(values: readonly number[]) {
  return sql`${arrayLiteral(values)}::float8[]`;
}
