/**
 * Everything that is stored of runs as lines of the interchange format, which `ingest` takes back: complete, in one order,
 * as of one moment, and never more than a page of it in memory.
 */
import { and, asc, eq, gt, inArray, sql, type SQL } from 'drizzle-orm';
import type { Database, Executor } from '../connection/Database.ts';
import { snapshot } from '../connection/snapshot.ts';
import { groupedInOrder } from '../input/inOrder.ts';
import { isUuid } from '@ritz/records';
import type { Run } from '../runs/Run.ts';
import { selectRuns } from '../runs/selectRuns.ts';
import { run } from '../schema/run.ts';
import { spectrum } from '../schema/spectrum.ts';
import { step } from '../schema/step.ts';
import { findMeasurements } from '../spectra/compare.ts';
import { selectSpectra, type Spectrum } from '../spectra/selectSpectra.ts';

/** A line as `JSON.stringify` writes it and `ingest` reads it. What is not known is left out. */
export type ExportedLine = { readonly v: 1; readonly kind: string } & Readonly<Record<string, unknown>>;

const runsPerPage = 100;
const stepsPerPage = 1000;
const spectraPerPage = 50;

/** Where a spectrum stands in its run. */
const places = [spectrum.stepNumber, spectrum.operator, spectrum.block, spectrum.preconditioner];

/**
 * By run, oldest first: the run, its steps, its spectra, its end.
 * @param runIds those of these runs that exist; every run unless given.
 */
export function exportLines(database: Database, runIds?: readonly string[]): AsyncGenerator<ExportedLine, void> {
  return snapshot(database, (orm) => linesOf(database, orm, runIds));
}

export async function* linesOf(
  database: Database,
  orm: Executor,
  runIds?: readonly string[],
): AsyncGenerator<ExportedLine, void> {
  const chosen = runIds && inArray(run.id, runIds.filter(isUuid));
  let behind: SQL | undefined;
  for (;;) {
    const runs = await selectRuns(database, orm, and(chosen, behind))
      .orderBy(asc(run.createdAt), asc(run.id))
      .limit(runsPerPage);
    for (const one of runs) {
      yield runLine(one);
      yield* stepLines(orm, one.id);
      yield* spectrumLines(database, orm, one.id);
      if (one.status !== 'running')
        yield line('finish', { runId: one.id, status: one.status, finishedAt: one.finishedAt });
    }
    const last = runs.at(-1);
    if (last === undefined || runs.length < runsPerPage) return;
    behind = sql`(${run.createdAt}, ${run.id}) > (${last.createdAt.toISOString()}::timestamptz, ${last.id}::uuid)`;
  }
}

function runLine(one: Run): ExportedLine {
  const {
    projectId: _projectId,
    experimentId: _experimentId,
    status: _status,
    finishedAt: _finishedAt,
    updatedAt: _updatedAt,
    contradictedStep: _contradictedStep,
    projectName: project,
    experimentName: experiment,
    schedule,
    ...settings
  } = one;
  return line('run', { project, experiment, ...settings, schedule: known(schedule) });
}

async function* stepLines(orm: Executor, runId: string): AsyncGenerator<ExportedLine, void> {
  for (let after = -1; ;) {
    const rows = await orm
      .select()
      .from(step)
      .where(and(eq(step.runId, runId), gt(step.number, after)))
      .orderBy(asc(step.number))
      .limit(stepsPerPage);
    for (const row of rows) yield line('step', row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < stepsPerPage) return;
    after = last.number;
  }
}

async function* spectrumLines(database: Database, orm: Executor, runId: string): AsyncGenerator<ExportedLine, void> {
  let behind: SQL | undefined;
  for (;;) {
    const rows = await selectSpectra(database, orm, and(eq(spectrum.runId, runId), behind))
      .orderBy(...[...places, spectrum.createdAt, spectrum.id].map((column) => asc(column)))
      .limit(spectraPerPage);
    const ids = rows.map(({ id }) => id);
    const { probes, overlaps, energies, spaces } = await findMeasurements(orm, ids);
    const spaceOf = new Map(spaces.map((space) => [space.spectrumId, space]));
    const ofSpectrum = <Row extends { readonly spectrumId: string }>(all: readonly Row[]): object[][] =>
      groupedInOrder(ids, all, (row) => row.spectrumId).map((some) =>
        some.map(({ spectrumId: _spectrumId, ...rest }) => known(rest)),
      );
    const [probesOf, overlapsOf, energiesOf] = [ofSpectrum(probes), ofSpectrum(overlaps), ofSpectrum(energies)];
    for (const [at, row] of rows.entries()) {
      yield spectrumLine(row, {
        probes: probesOf[at],
        gradientOverlap: overlapsOf[at],
        gradientEnergy: energiesOf[at]?.length ? energiesOf[at] : null,
        ritzVectors: someOf(spaceOf.get(row.id)?.ritzVectors),
        spaceOverlaps: someOf(spaceOf.get(row.id)?.spaceOverlaps),
      });
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < spectraPerPage) return;
    behind = sql`(${sql.join(places, sql`, `)}, ${spectrum.createdAt}, ${spectrum.id}) > (${last.stepNumber}::int,
      ${last.operator}::curvature_operator, ${last.block}::text, ${last.preconditioner}::preconditioner,
      ${last.createdAt.toISOString()}::timestamptz, ${last.id}::uuid)`;
  }
}

function someOf(list: readonly object[] | undefined): readonly object[] | null {
  return list?.length ? list.map(known) : null;
}

function spectrumLine(row: Spectrum, measurements: Readonly<Record<string, unknown>>): ExportedLine {
  const {
    stepNumber,
    probeCount: _probeCount,
    revision: _revision,
    measurement: _measurement,
    updatedAt: _updatedAt,
    ...settings
  } = row;
  return line('spectrum', { ...settings, step: stepNumber, ...measurements });
}

export function line(kind: string, values: object): ExportedLine {
  return { v: 1, kind, ...known(values) };
}

function known(values: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
