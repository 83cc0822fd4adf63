/**
 * A portable copy of everything: projects, experiments, tokens (their hashes), saved views and reports, then every run with all that it
 * has, the traces of deleted spectra, and which runs were contradicted.
 */
import { asc, eq, isNotNull } from 'drizzle-orm';
import { curvatureOperators, fields, preconditioners, tokenScopes } from '@ritz/records';
import { z } from 'zod';
import { requireEveryProject, requireScope } from '../access/rule.ts';
import type { Database, Executor } from '../connection/Database.ts';
import { query, transaction } from '../connection/execute.ts';
import { snapshot } from '../connection/snapshot.ts';
import { ingest, type LineResult } from '../ingest/ingest.ts';
import { parse } from '../input/parse.ts';
import { ensureProject } from '../projects/ensureProject.ts';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';
import { report } from '../schema/report.ts';
import { run } from '../schema/run.ts';
import { savedView } from '../schema/savedView.ts';
import { spectrumDeletion } from '../schema/spectrumDeletion.ts';
import { token } from '../schema/token.ts';
import { storeContradictions } from '../steps/contradicted.ts';
import { type ExportedLine, line, linesOf } from './exportLines.ts';

const { instant, int32, name, text, uuid, word } = fields;

const place = { v: z.literal(1), id: uuid, name, createdAt: instant };
const placeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...place, kind: z.literal('project') }),
  z.strictObject({ ...place, kind: z.literal('experiment'), project: name }),
  z.strictObject({
    ...place,
    kind: z.literal('token'),
    project: name.optional(),
    scope: word(tokenScopes),
    hash: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal'),
    lastUsedAt: instant.optional(),
    revokedAt: instant.optional(),
  }),
  z.strictObject({
    ...place,
    kind: z.literal('view'),
    project: name.optional(),
    address: text,
    updatedAt: instant,
  }),
]);

const reportSchema = z.strictObject({
  v: z.literal(1),
  kind: z.literal('report'),
  id: uuid,
  project: name,
  title: name,
  markdown: text,
  revision: int32({ min: 1 }),
  createdAt: instant,
  updatedAt: instant,
});

const deletionSchema = z.strictObject({
  v: z.literal(1),
  kind: z.literal('deletion'),
  id: uuid,
  spectrumId: uuid,
  runId: uuid,
  stepNumber: int32({ min: 0 }),
  operator: word(curvatureOperators),
  block: name,
  preconditioner: word(preconditioners).default('none'),
  reason: z.string(),
  deletedBy: z.string().optional(),
  deletedAt: instant,
});

const contradictionSchema = z.strictObject({
  v: z.literal(1),
  kind: z.literal('contradiction'),
  runId: uuid,
  step: int32({ min: 0 }),
});

/** As of one moment, never more than a page in memory. Throws FORBIDDEN without ADMIN for every project. */
export function backup(database: Database): AsyncGenerator<ExportedLine, void> {
  requireScope(database, 'admin');
  requireEveryProject(database, 'A backup');
  return snapshot(database, (orm) => allLines(database, orm));
}

async function* allLines(database: Database, orm: Executor): AsyncGenerator<ExportedLine, void> {
  for (const row of await orm.select().from(project).orderBy(asc(project.createdAt), asc(project.id))) {
    yield line('project', row);
  }
  const experiments = await orm
    .select({ id: experiment.id, name: experiment.name, createdAt: experiment.createdAt, project: project.name })
    .from(experiment)
    .innerJoin(project, eq(project.id, experiment.projectId))
    .orderBy(asc(experiment.createdAt), asc(experiment.id));
  for (const row of experiments) yield line('experiment', row);
  const tokens = await orm
    .select({ token, project: project.name })
    .from(token)
    .leftJoin(project, eq(project.id, token.projectId))
    .orderBy(asc(token.createdAt), asc(token.id));
  for (const { token: row, project: projectName } of tokens) {
    const { projectId: _projectId, hash, ...rest } = row;
    yield line('token', { ...rest, project: projectName, hash: hash.toString('hex') });
  }
  const reports = await orm
    .select({ report, project: project.name })
    .from(report)
    .innerJoin(project, eq(project.id, report.projectId))
    .orderBy(asc(report.createdAt), asc(report.id));
  for (const { report: row, project: projectName } of reports) {
    const { projectId: _projectId, ...rest } = row;
    yield line('report', { ...rest, project: projectName });
  }
  const views = await orm
    .select({ view: savedView, project: project.name })
    .from(savedView)
    .leftJoin(project, eq(project.id, savedView.projectId))
    .orderBy(asc(savedView.createdAt), asc(savedView.id));
  for (const { view, project: projectName } of views) {
    const { projectId: _projectId, ...rest } = view;
    yield line('view', { ...rest, project: projectName });
  }
  yield* linesOf(database, orm);
  for (const row of await orm.select().from(spectrumDeletion).orderBy(asc(spectrumDeletion.deletedAt))) {
    yield line('deletion', row);
  }
  const contradicted = await orm
    .select({ runId: run.id, step: run.contradictedStep })
    .from(run)
    .where(isNotNull(run.contradictedStep))
    .orderBy(asc(run.id));
  for (const row of contradicted) yield line('contradiction', row);
}

/**
 * Takes lines of a backup back in, in their order; what is there already stays as it is.
 * @param lines objects, some at a time, such as 100.
 * @throws DatabaseError FORBIDDEN without ADMIN for every project; INVALID for a place or a token that cannot be read.
 */
export async function restore(database: Database, lines: readonly unknown[]): Promise<LineResult[]> {
  requireScope(database, 'admin');
  requireEveryProject(database, 'Restoring a backup');
  const places = lines.filter((one) => placeKinds.has(kindOf(one)));
  const reports = lines.filter((one) => kindOf(one) === 'report').map((one) => parse(reportSchema, one));
  const traces = lines.filter((one) => kindOf(one) === 'deletion').map((one) => parse(deletionSchema, one));
  await transaction(database, async (orm) => {
    for (const one of places) await restorePlace(orm, parse(placeSchema, one));
    for (const { v: _v, kind: _kind, project: projectName, ...values } of reports) {
      const projectId = await ensureProject(orm, projectName);
      await orm
        .insert(report)
        .values({ ...values, projectId })
        .onConflictDoNothing();
    }
  });
  const results = await ingest(
    database,
    lines.filter((one) => !ownKinds.has(kindOf(one))),
  );
  if (traces.length > 0) {
    const rows = traces.map(({ v: _v, kind: _kind, ...trace }) => trace);
    await query(database, (orm) => orm.insert(spectrumDeletion).values(rows).onConflictDoNothing());
  }
  const contradicted = lines.filter((one) => kindOf(one) === 'contradiction');
  if (contradicted.length > 0) {
    const steps = contradicted.map((one) => parse(contradictionSchema, one));
    await transaction(database, (orm) => storeContradictions(orm, new Map(steps.map((one) => [one.runId, one.step]))));
  }
  return results;
}

const placeKinds: ReadonlySet<unknown> = new Set(['project', 'experiment', 'token', 'view']);
/** Those that are of a backup only. */
const ownKinds: ReadonlySet<unknown> = new Set([...placeKinds, 'report', 'deletion', 'contradiction']);

function kindOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'kind' in value ? value.kind : null;
}

async function restorePlace(orm: Executor, given: z.output<typeof placeSchema>): Promise<void> {
  switch (given.kind) {
    case 'project': {
      const { id, name: projectName, createdAt } = given;
      await orm.insert(project).values({ id, name: projectName, createdAt }).onConflictDoNothing();
      return;
    }
    case 'experiment': {
      const { id, name: experimentName, createdAt } = given;
      const projectId = await ensureProject(orm, given.project);
      await orm.insert(experiment).values({ id, name: experimentName, createdAt, projectId }).onConflictDoNothing();
      return;
    }
    case 'token': {
      const { v: _v, kind: _kind, project: projectName, hash, ...values } = given;
      const projectId = projectName === undefined ? null : await ensureProject(orm, projectName);
      await orm
        .insert(token)
        .values({ ...values, projectId, hash: Buffer.from(hash, 'hex') })
        .onConflictDoNothing();
      return;
    }
    case 'view': {
      const { v: _v, kind: _kind, project: projectName, ...values } = given;
      const projectId = projectName === undefined ? null : await ensureProject(orm, projectName);
      await orm
        .insert(savedView)
        .values({ ...values, projectId })
        .onConflictDoNothing();
    }
  }
}
