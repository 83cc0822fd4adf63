/** Series of spectra along runs, as parallel arrays that the server gathers: a row for each spectrum would cost ten times as much. */
import { isUuid } from '@ritz/records';
import { summaryVersion } from '@ritz/spectra';
import { sql, type SQL } from 'drizzle-orm';
import { visibleRun } from '../access/rule.ts';
import type { Database } from '../connection/Database.ts';
import { query } from '../connection/execute.ts';
import { inOrder, groupedInOrder } from '../input/inOrder.ts';
import type { SpectrumSeries } from '../runs/RunValue.ts';
import { overlap } from '../schema/overlap.ts';
import { spectrum } from '../schema/spectrum.ts';
import { spectrumSummary } from '../schema/spectrumSummary.ts';
import { summaryEntry } from '../summaries/summaryEntry.ts';
import type { Overlap } from '../overlaps/find.ts';

/** One entry of each array for every measured step, ascending: of several measurements of a step the newest. */
export interface Trajectory {
  readonly ids: readonly string[];
  readonly steps: readonly number[];
  /** Examples that each loss was taken over. */
  readonly dataSizes: readonly number[];
  /** Whether statistics of this version are stored. */
  readonly summarised: readonly boolean[];
  /** One array for each key of a summary that was asked for; null where the spectrum does not have it. */
  readonly values: readonly (readonly (number | null)[])[];
}

/** One K and kind of gradient along a run, at the steps where it was measured. */
export interface OverlapTrajectory extends Pick<Overlap, 'k' | 'gradient'> {
  readonly steps: readonly number[];
  readonly fractions: readonly number[];
}

type OfRun<Row> = { readonly [Field in keyof Row]: Row[Field] } & { readonly runId: string };

/**
 * The spectra of one series of each run, in the order of the ids.
 * @param keys some of `summaryKeys` of @ritz/spectra.
 */
export async function trajectories(
  database: Database,
  runIds: readonly string[],
  series: SpectrumSeries,
  keys: readonly string[],
): Promise<Trajectory[]> {
  const columns = keys.map((key) => sql`summary."values"${summaryEntry(key)}`);
  const gathered = keys.map((_, at) => sql`json_agg(${columnName(at)})`);
  const { rows } = await query(database, (orm) =>
    orm.execute<OfRun<Trajectory>>(sql`
      select run_id as "runId", json_agg(id) as ids, json_agg(step_number) as steps, json_agg(data_size) as "dataSizes",
        json_agg(summarised) as summarised,
        json_build_array(${sql.join(gathered, sql`, `)}) as values
      from (
        select shown.run_id, shown.id, shown.step_number, shown.data_size, summary."values" is not null as summarised
          ${sql.join(columns.map((column, at) => sql`, ${column} as ${columnName(at)}`))}
        from (${shownSpectra(database, runIds, series)}) as shown
        left join lateral (
          select "values" from ${spectrumSummary} as stored
          where stored.spectrum_id = shown.id and stored.version = ${summaryVersion} ${oneByOne}
        ) as summary on true
        order by shown.run_id, shown.step_number
      ) as ordered
      group by run_id`),
  );
  const nothing: Trajectory = { ids: [], steps: [], dataSizes: [], summarised: [], values: keys.map(() => []) };
  return inOrder(runIds, rows, ({ runId }) => runId).map((row) => row ?? nothing);
}

/** Gradient overlaps of the same spectra, by kind of gradient and K. */
export async function overlapTrajectories(
  database: Database,
  runIds: readonly string[],
  series: SpectrumSeries,
): Promise<OverlapTrajectory[][]> {
  const { rows } = await query(database, (orm) =>
    orm.execute<OfRun<OverlapTrajectory>>(sql`
      select run_id as "runId", k, gradient, json_agg(step_number) as steps, json_agg(fraction) as fractions
      from (
        select shown.run_id, shown.step_number, given.k, given.gradient, given.fraction
        from (${shownSpectra(database, runIds, series)}) as shown
        cross join lateral (
          select k, gradient, fraction from ${overlap} as stored where stored.spectrum_id = shown.id ${oneByOne}
        ) as given
      ) as measured
      group by run_id, k, gradient order by gradient::text, k`),
  );
  return groupedInOrder(runIds, rows, ({ runId }) => runId);
}

/** Every operator, block and preconditioner that each run has spectra of, each once. */
export async function seriesOfRuns(database: Database, runIds: readonly string[]): Promise<SpectrumSeries[][]> {
  const { runId, operator, block, preconditioner } = spectrum;
  const rows = await query(database, (orm) =>
    orm.selectDistinct({ runId, operator, block, preconditioner }).from(spectrum).where(ofRuns(database, runIds)),
  );
  return groupedInOrder(runIds, rows, (row) => row.runId);
}

/**
 * Ends a lateral query that is to be made for each spectrum, by the index: a join of many spectra would read the whole table, of all
 * runs.
 */
const oneByOne = sql`offset 0`;

function columnName(at: number): SQL {
  return sql`${sql.identifier(`value_${String(at)}`)}`;
}

function ofRuns(database: Database, runIds: readonly string[]): SQL {
  const visible = visibleRun(database, spectrum.runId);
  const ids = sql`${spectrum.runId} = any(${sql.param(runIds.filter(isUuid))}::uuid[])`;
  return visible ? sql`${ids} and ${visible}` : ids;
}

/** Of each step the newest measurement, as `newestOfEach` chooses. */
function shownSpectra(database: Database, runIds: readonly string[], series: SpectrumSeries): SQL {
  const { runId, stepNumber, id, dataSize, createdAt } = spectrum;
  return sql`select distinct on (${runId}, ${stepNumber}) ${runId}, ${stepNumber}, ${id}, ${dataSize} from ${spectrum}
    where ${ofRuns(database, runIds)} and ${spectrum.operator} = ${series.operator}::curvature_operator
      and ${spectrum.block} = ${series.block} and ${spectrum.preconditioner} = ${series.preconditioner}::preconditioner
    order by ${runId}, ${stepNumber}, ${createdAt} desc, ${id} desc`;
}
