/** Records a measured spectrum: settings, probes and overlaps in one transaction, once per client-made id. */
import { and, eq, or } from 'drizzle-orm';
import type { Database, Executor } from '../connection/Database.ts';
import { transaction } from '../connection/execute.ts';
import { DatabaseError } from '../error/DatabaseError.ts';
import { differences } from '../input/differences.ts';
import { pathText } from '../input/number.ts';
import { requireRun } from '../runs/requireRun.ts';
import { overlap } from '../schema/overlap.ts';
import { probe } from '../schema/probe.ts';
import { spectrum } from '../schema/spectrum.ts';
import { step } from '../schema/step.ts';
import { normaliseSpectrum, type SpectrumPayload } from './normaliseSpectrum.ts';
import { selectSpectra } from './selectSpectra.ts';
import type { NewSpectrum, Spectrum } from './Spectrum.ts';

export interface RecordedSpectrum {
  readonly spectrum: Spectrum;
  /** False when the same spectrum was there already. */
  readonly created: boolean;
}

/**
 * The step's row is created when it has not been logged yet.
 * @throws DatabaseError NOT_FOUND for the run; CONFLICT when the id exists with other values, or the step already has a
 *   spectrum of this operator and block; NON_FINITE naming probe and entry; INVALID for lengths and ranges.
 */
export async function record(database: Database, newSpectrum: NewSpectrum): Promise<RecordedSpectrum> {
  const payload = normaliseSpectrum(newSpectrum);
  const { settings } = payload;
  return transaction(database, async (orm) => {
    await requireRun(orm, settings.runId);
    await orm.insert(step).values({ runId: settings.runId, number: settings.stepNumber }).onConflictDoNothing();
    const inserted = await orm.insert(spectrum).values(settings).onConflictDoNothing().returning({ id: spectrum.id });
    const created = inserted.length === 1;
    if (created) await insertMeasurements(orm, payload);
    const stored = await findRival(orm, payload);
    if (!created) await requireSame(orm, stored, payload);
    return { spectrum: stored, created };
  });
}

async function insertMeasurements(orm: Executor, { settings, probes, overlaps }: SpectrumPayload): Promise<void> {
  const spectrumId = settings.id;
  await orm.insert(probe).values(
    probes.map(({ alpha, beta, nodes, weights, ...identity }) => ({
      ...identity,
      spectrumId,
      alpha: alpha === null ? null : [...alpha],
      beta: beta === null ? null : [...beta],
      nodes: nodes === null ? null : [...nodes],
      weights: weights === null ? null : [...weights],
    })),
  );
  if (overlaps.length > 0) await orm.insert(overlap).values(overlaps.map((one) => ({ ...one, spectrumId })));
}

/** The spectrum of this id, or else the one that holds its place in the run. */
async function findRival(orm: Executor, { settings }: SpectrumPayload): Promise<Spectrum> {
  const { id, runId, stepNumber, operator, block } = settings;
  const samePlace = and(
    eq(spectrum.runId, runId),
    eq(spectrum.stepNumber, stepNumber),
    eq(spectrum.operator, operator),
    eq(spectrum.block, block),
  );
  const rows = await selectSpectra(orm).where(or(eq(spectrum.id, id), samePlace));
  const found = rows.find((row) => row.id === id) ?? rows[0];
  if (found !== undefined) return found;
  throw new DatabaseError('CONFLICT', `Spectrum ${id} was removed while it was recorded. Send it again.`);
}

async function requireSame(orm: Executor, stored: Spectrum, payload: SpectrumPayload): Promise<void> {
  const { id, runId, stepNumber, operator, block } = payload.settings;
  if (stored.id !== id) {
    throw new DatabaseError(
      'CONFLICT',
      `Run ${runId} already has a ${operator} spectrum of block ${JSON.stringify(block)} at step ${stepNumber}: ` +
        `${stored.id}. What was recorded is kept.`,
      { field: ['id'] },
    );
  }
  const { probeCount: _probeCount, createdAt: _createdAt, stepNumber: storedStep, ...settings } = stored;
  const { stepNumber: givenStep, ...givenSettings } = payload.settings;
  const probes = await orm.select().from(probe).where(eq(probe.spectrumId, id)).orderBy(probe.index);
  const overlaps = await orm
    .select()
    .from(overlap)
    .where(eq(overlap.spectrumId, id))
    .orderBy(overlap.k, overlap.gradient);
  const different = differences(
    { ...settings, step: storedStep, probes: probes.map(measured), gradientOverlap: overlaps.map(measured) },
    { ...givenSettings, step: givenStep, probes: payload.probes, gradientOverlap: payload.overlaps },
  );
  if (different.length === 0) return;
  const named = different.slice(0, 5).map(pathText).join(', ');
  const more = different.length > 5 ? ` and ${different.length - 5} more` : '';
  throw new DatabaseError(
    'CONFLICT',
    `Spectrum ${id} exists with other values of ${named}${more}. Give a new measurement a new id.`,
    { field: different[0] },
  );
}

function measured<Row extends { readonly spectrumId: string }>(row: Row): Omit<Row, 'spectrumId'> {
  const { spectrumId: _spectrumId, ...rest } = row;
  return rest;
}
