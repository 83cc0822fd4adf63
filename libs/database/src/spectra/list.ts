/** Lists of spectra over all runs, in the order they were stored: pages that neither skip nor repeat a spectrum. */
import { isUuid, type CurvatureOperator, type Preconditioner } from '@ritz/records';
import { and, asc, desc, eq, gte, inArray, lte, sql, type SQL } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { decodeCursor, encodeCursor, invalidCursor, pageLength } from '../input/cursor.ts';
import type { Page } from '../input/Page.ts';
import { requireText } from '../input/require.ts';
import type { RunFilter, SortDirection } from '../runs/Run.ts';
import { runMatches } from '../runs/runMatches.ts';
import { experiment } from '../schema/experiment.ts';
import { project } from '../schema/project.ts';
import { run } from '../schema/run.ts';
import { spectrum } from '../schema/spectrum.ts';
import { selectSpectra, type Spectrum } from './selectSpectra.ts';

const directions = {
  ASC: { ordered: asc, sign: sql.raw('>') },
  DESC: { ordered: desc, sign: sql.raw('<') },
} as const satisfies Readonly<Record<SortDirection, unknown>>;

/** Every given condition must hold. */
export interface SpectrumFilter {
  /** Of the runs that match. */
  readonly runs?: RunFilter | null | undefined;
  readonly operator?: CurvatureOperator | null | undefined;
  readonly block?: string | null | undefined;
  readonly preconditioner?: Preconditioner | null | undefined;
  readonly engine?: readonly string[] | null | undefined;
  readonly stepFrom?: number | null | undefined;
  readonly stepTo?: number | null | undefined;
  /** Stored or added to at this moment or later. */
  readonly updatedSince?: Date | null | undefined;
}

export interface SpectrumListOptions {
  /** Length of the page, 1 to 1000. Default 50. */
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly filter?: SpectrumFilter | null | undefined;
  /** By the moment of the last change. Default: the newest first; ASC for those who poll. */
  readonly direction?: SortDirection | null | undefined;
}

/** @throws DatabaseError INVALID for a page length outside 1 to 1000 or a cursor of another ordering. */
export async function list(database: Database, options: SpectrumListOptions = {}): Promise<Page<Spectrum>> {
  const length = pageLength(options.first);
  const direction = options.direction ?? 'DESC';
  const after = options.after ?? null;
  const matches = spectrumMatches(options.filter ?? {});
  const behind = after === null ? undefined : spectraBehind(after, direction);
  const { ordered } = directions[direction];
  return query(database, async (orm) => {
    const [rows, counted] = await Promise.all([
      selectSpectra(database, orm, and(matches, behind))
        .orderBy(ordered(spectrum.updatedAt), ordered(spectrum.id))
        .limit(length + 1),
      orm
        .select({ count: sql<number>`count(*)::int` })
        .from(spectrum)
        .where(and(visibleRun(database, spectrum.runId), matches)),
    ]);
    const items = rows.slice(0, length);
    return {
      items,
      cursors: items.map(({ updatedAt, id }) => encodeCursor([ordering(direction), updatedAt.toISOString(), id])),
      hasNextPage: rows.length > length,
      hasPreviousPage: after !== null,
      totalCount: counted[0]?.count ?? 0,
    };
  });
}

function spectrumMatches(filter: SpectrumFilter): SQL | undefined {
  const { runs, operator, block, preconditioner, engine, stepFrom, stepTo, updatedSince } = filter;
  return and(
    ofRuns(runs ?? {}),
    operator ? eq(spectrum.operator, operator) : undefined,
    typeof block === 'string' ? eq(spectrum.block, requireText(block, ['filter', 'block'])) : undefined,
    preconditioner ? eq(spectrum.preconditioner, preconditioner) : undefined,
    engine
      ? inArray(
          spectrum.engine,
          engine.map((name, at) => requireText(name, ['filter', 'engine', String(at)])),
        )
      : undefined,
    typeof stepFrom === 'number' ? gte(spectrum.stepNumber, stepFrom) : undefined,
    typeof stepTo === 'number' ? lte(spectrum.stepNumber, stepTo) : undefined,
    updatedSince ? gte(spectrum.updatedAt, updatedSince) : undefined,
  );
}

function ofRuns(filter: RunFilter): SQL {
  return sql`${spectrum.runId} in (select ${run.id} from ${run}
    join ${experiment} on ${eq(experiment.id, run.experimentId)} join ${project} on ${eq(project.id, experiment.projectId)}
    where ${runMatches(filter) ?? sql`true`})`;
}

function ordering(direction: SortDirection): string {
  return `spectra UPDATED_AT ${direction}`;
}

function spectraBehind(cursor: string, direction: SortDirection): SQL {
  const [moment = '', id = ''] = decodeCursor(cursor, ordering(direction), 2);
  if (!isUuid(id) || Number.isNaN(Date.parse(moment))) throw invalidCursor(cursor);
  const { sign } = directions[direction];
  return sql`(${spectrum.updatedAt}, ${spectrum.id}) ${sign} (${moment}::timestamptz, ${id}::uuid)`;
}
