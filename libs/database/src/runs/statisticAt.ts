/** A statistic or a measure of a run as a query of one row or none, to be joined laterally to `run`. */
import { plainStatisticNames, summaryKey, summaryVersion } from '@ritz/spectra';
import { getTableColumns, sql, type SQL } from 'drizzle-orm';
import { DatabaseError } from '../error/DatabaseError.ts';
import { requireText } from '../input/require.ts';
import { run } from '../schema/run.ts';
import { spectrum } from '../schema/spectrum.ts';
import { spectrumSummary } from '../schema/spectrumSummary.ts';
import { summaryEntry } from '../summaries/summaryEntry.ts';
import { step } from '../schema/step.ts';
import { seriesOf, type NearMoment, type RunMeasure, type RunPosition, type RunStatistic } from './RunValue.ts';

/**
 * Columns `value`, `standard_error` and `step_number`.
 * @throws DatabaseError INVALID for a statistic that needs an option, and for a position given twice.
 */
export function statisticAt(statistic: RunStatistic, field: readonly string[]): SQL {
  const { name, at, near } = statistic;
  if (!plainStatisticNames.includes(name)) {
    throw new DatabaseError('INVALID', `${field.join('.')}.name: expected a statistic without options, got ${name}.`, {
      field: [...field, 'name'],
    });
  }
  requireOnePosition(at, near, field);
  const entry = summaryEntry(summaryKey(name));
  return sql`
    select summary."values"${entry} as value, summary.standard_errors${entry} as standard_error, shown.step_number
    from (${shownSpectra(statistic, field, near ? null : (at ?? 'LAST'))}) as shown
    left join ${spectrumSummary} as summary on summary.spectrum_id = shown.id and summary.version = ${summaryVersion}
    ${near ? nearest(near) : sql`order by ${positions[at ?? 'LAST'](sql`shown.step_number`)}`} limit 1`;
}

/** How rows of `value` are sorted so that the one at the position comes first. */
const positions: Readonly<Record<RunPosition, (number: SQL) => SQL>> = {
  FIRST: (number) => sql`${number} asc`,
  LAST: (number) => sql`${number} desc`,
  MAX: (number) => sql`value desc nulls last, ${number} asc`,
  MIN: (number) => sql`value asc nulls last, ${number} asc`,
};

/** Of each step the newest measurement; only the first or the last step where no other is needed. */
function shownSpectra(statistic: RunStatistic, field: readonly string[], at: RunPosition | null): SQL {
  const { operator, block, preconditioner } = seriesOf(statistic);
  const series = sql`${spectrum} as measured where measured.run_id = ${run.id}
    and measured.operator = ${operator}::curvature_operator
    and measured.block = ${requireText(block, [...field, 'block'])}
    and measured.preconditioner = ${preconditioner}::preconditioner`;
  const newest = sql`measured.created_at desc, measured.id desc`;
  switch (at) {
    case 'FIRST':
      return sql`select measured.id, measured.step_number from ${series} order by measured.step_number asc, ${newest} limit 1`;
    case 'LAST':
      return sql`select measured.id, measured.step_number from ${series} order by measured.step_number desc, ${newest} limit 1`;
    case 'MAX':
    case 'MIN':
    case null:
      return sql`select distinct on (measured.step_number) measured.id, measured.step_number
        from ${series} order by measured.step_number, ${newest}`;
  }
}

/** Joins the position of each spectrum, and sorts by its distance: what `nearestPosition` of @ritz/spectra finds. */
function nearest({ alignment, position, tolerance }: NearMoment): SQL {
  const distance = sql`abs(moment.position - ${position}::double precision)`;
  const close = typeof tolerance === 'number' ? sql`${distance} <= ${tolerance}::double precision` : sql`true`;
  return sql`cross join lateral (${positionOf(alignment)}) as moment
    where moment.position is not null and ${close} order by ${distance} asc, shown.step_number asc`;
}

/** The last step that the training was planned to have, or had. */
const end = sql`greatest(coalesce((${run.schedule} ->> 'totalSteps')::double precision, ${run.plannedSteps}, 0),
  (select max(logged.number) from ${step} as logged where logged.run_id = ${run.id})::double precision)`;

/** Between the steps where a phase of the schedule ends and another begins, as `phaseOf` of @ritz/spectra. */
const phase = sql`
  select passed + least(1, (shown.step_number - began) / (ends - began)) as position from (
    select count(*) filter (where bound <= shown.step_number) as passed,
      coalesce(max(bound) filter (where bound <= shown.step_number), 0) as began,
      coalesce(min(bound) filter (where bound > shown.step_number), greatest(1, whole.steps)) as ends
    from (select ${end} as steps) as whole
    left join lateral (
      select distinct text::double precision as bound from jsonb_array_elements_text(case ${run.schedule} ->> 'kind'
        when 'step' then coalesce(${run.schedule} -> 'steps', '[]')
        when 'warmup-cosine' then jsonb_build_array(coalesce((${run.schedule} ->> 'warmupSteps')::integer, 0))
        else '[]' end) as text
    ) as bounds on bound > 0 and bound < whole.steps
    group by whole.steps
  ) as phases`;

/** As `positionOf` of @ritz/spectra. */
function positionOf(alignment: NearMoment['alignment']): SQL {
  switch (alignment) {
    case 'STEP':
      return sql`select shown.step_number::double precision as position`;
    case 'PROGRESS':
      return sql`select least(1, shown.step_number / greatest(1, ${end})) as position`;
    case 'EPOCH':
      return interpolated(sql`epoch`);
    case 'LOSS':
      return interpolated(sql`train_loss`);
    case 'LR_PHASE':
      return phase;
  }
}

/** Linear between the logged values around the step; none before the first and behind the last of them. */
function interpolated(column: SQL): SQL {
  const logged = sql`${step} as logged where logged.run_id = ${run.id} and logged.${column} is not null`;
  return sql`
    select case when before.number = after.number then after.value else
      before.value + (after.value - before.value) * (shown.step_number - before.number) / (after.number - before.number)
    end as position
    from (select logged.number, logged.${column} as value from ${logged} and logged.number <= shown.step_number
      order by logged.number desc limit 1) as before
    cross join (select logged.number, logged.${column} as value from ${logged} and logged.number >= shown.step_number
      order by logged.number asc limit 1) as after`;
}

/**
 * Columns as those of `statisticAt`.
 * @throws DatabaseError INVALID for a position given twice.
 */
export function measureAt({ name, at, near }: RunMeasure, field: readonly string[]): SQL {
  requireOnePosition(at, near, field);
  const column = sql.identifier(getTableColumns(step)[name].name);
  return sql`
    select shown.value, null::double precision as standard_error, shown.step_number
    from (select logged.${column} as value, logged.number as step_number from ${step} as logged
      where logged.run_id = ${run.id} and logged.${column} is not null) as shown
    ${near ? nearest(near) : sql`order by ${positions[at ?? 'LAST'](sql`shown.step_number`)}`} limit 1`;
}

function requireOnePosition(at: unknown, near: unknown, field: readonly string[]): void {
  if (!at || !near) return;
  throw new DatabaseError('INVALID', `${field.join('.')}: expected either at or near, got both.`, { field });
}
