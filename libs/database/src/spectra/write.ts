/** Writes spectra of any runs, one result for each: new ones are recorded, the same again changes nothing, others are refused. */
import { inArray, or } from 'drizzle-orm';
import type { Database, Executor } from '../connection/Database.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { runNotFound } from '../runs/find.ts';
import { supersededOf } from '../runs/rewind.ts';
import { lockRuns } from '../runs/lockRuns.ts';
import { spectrum } from '../schema/spectrum.ts';
import { beyond } from '../steps/contradicted.ts';
import { atSteps } from '../steps/stepKeys.ts';
import { conflictWith, findMeasurements } from './compare.ts';
import { type InsertedSpectrum, insertSpectra } from './insert.ts';
import { measurementOf } from './measurement.ts';
import { selectSpectra, type Spectrum } from './selectSpectra.ts';

export type WrittenSpectrum =
  | { readonly status: 'CREATED' | 'UNCHANGED'; readonly spectrum: Spectrum }
  | { readonly status: 'REFUSED'; readonly error: DatabaseError };

/**
 * Inside a transaction. Refused are spectra of runs that do not exist, and those whose id or measurement is stored with other values.
 * What a rewind superseded is as it was: the same again changes nothing.
 * So are new ones beyond a contradicted step of their run (see `writeSteps`).
 * @param trusted those that stood before the contradiction, and are of the training that the run has.
 */
export async function writeSpectra(
  database: Database,
  orm: Executor,
  given: readonly InsertedSpectrum[],
  trusted: ReadonlySet<InsertedSpectrum> = new Set(),
): Promise<WrittenSpectrum[]> {
  const runs = await lockRuns(
    database,
    orm,
    given.map(({ settings }) => settings.runId),
  );
  const superseded = await supersededOf(orm, [...runs.keys()]);
  const refusedIfNew = new Map(
    given.flatMap((one) => {
      const { runId, stepNumber } = one.settings;
      const from = runs.get(runId) ?? null;
      return from === null || stepNumber <= from || trusted.has(one) ? [] : [[one, beyond(runId, from)] as const];
    }),
  );
  const results = new Map<InsertedSpectrum, WrittenSpectrum>();
  const refuse = (one: InsertedSpectrum, error: DatabaseError): void => {
    results.set(one, { status: 'REFUSED', error });
  };
  for (const one of given) if (!runs.has(one.settings.runId)) refuse(one, runNotFound(one.settings.runId, 'runId'));
  // Each round takes every id and every measurement once; what repeats one waits for the next, and is compared with what is there.
  for (let rest = given.filter((one) => !results.has(one)); rest.length > 0;) {
    const [round, later] = firstOfEach(rest);
    const before = await existing(database, orm, round);
    const free = round.filter((one) => existingOf(one, before) === undefined && !refusedIfNew.has(one));
    const created = free.length > 0 ? await insertSpectra(orm, free) : new Set<string>();
    const after = await existing(database, orm, round);
    const old = round.filter(({ settings }) => !created.has(settings.id));
    const measurements = await findMeasurements(
      orm,
      old.map(({ settings }) => settings.id),
    );
    for (const one of round) {
      const stored = existingOf(one, after);
      if (stored === undefined) refuse(one, refusedIfNew.get(one) ?? idTaken(one.settings.id));
      else if (created.has(one.settings.id)) results.set(one, { status: 'CREATED', spectrum: stored });
      else {
        const { settings } = one;
        // It was sent before its run was rewound.
        const moved = superseded.get(stored.runId) === settings.runId;
        const sent = moved ? { ...one, settings: { ...settings, runId: stored.runId } } : one;
        const error = conflictWith(stored, measurements, sent);
        if (error) refuse(one, error);
        else results.set(one, { status: 'UNCHANGED', spectrum: stored });
      }
    }
    rest = later;
  }
  return given.map((one) => results.get(one) ?? { status: 'REFUSED', error: idTaken(one.settings.id) });
}

function firstOfEach(spectra: readonly InsertedSpectrum[]): [InsertedSpectrum[], InsertedSpectrum[]] {
  const seen = new Set<string>();
  const first = spectra.filter(({ settings }) => {
    const names = [settings.id, measurementOf(settings)];
    const repeats = names.some((name) => seen.has(name));
    for (const name of names) seen.add(name);
    return !repeats;
  });
  const chosen = new Set(first);
  return [first, spectra.filter((one) => !chosen.has(one))];
}

/** What is stored under the ids, or as the same measurement, of these spectra: by both. */
async function existing(
  database: Database,
  orm: Executor,
  spectra: readonly InsertedSpectrum[],
): Promise<ReadonlyMap<string, Spectrum>> {
  const places = spectra.map(({ settings }) => ({ runId: settings.runId, number: settings.stepNumber }));
  const ids = spectra.map(({ settings }) => settings.id);
  const rows = await selectSpectra(
    database,
    orm,
    or(inArray(spectrum.id, ids), atSteps(spectrum.runId, spectrum.stepNumber, places)),
  );
  return new Map(rows.flatMap((row) => [[row.id, row] as const, [measurementOf(row), row] as const]));
}

function existingOf({ settings }: InsertedSpectrum, stored: ReadonlyMap<string, Spectrum>): Spectrum | undefined {
  return stored.get(settings.id) ?? stored.get(measurementOf(settings));
}

function idTaken(id: string): DatabaseError {
  return new DatabaseError(
    'CONFLICT',
    `The id ${id} is taken, or its spectrum was removed while it was recorded. Give a new measurement a new id.`,
    { field: ['id'] },
  );
}
