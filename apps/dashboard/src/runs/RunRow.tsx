/** One run in the table. */
import { memo, type MouseEvent } from 'react';
import { Pencil } from 'lucide-react';
import {
  assignStyles,
  DensityGlyph,
  describeSchedule,
  formatCompact,
  formatNumber,
  formatShare,
  SeriesMark,
  Sparkline,
} from '@ritz/charts';
import { Status } from '../page/Status.tsx';
import { runColumns } from './columns.tsx';
import { lastValue } from './lastValue.ts';
import type { ListedRun } from './useRuns.ts';
import { valuesOf, type ValueColumn } from './valueColumns.ts';
import type { Glyph } from './useGlyphs.ts';
import type { Trajectory } from './useTrajectories.ts';

/** Row actions; one stable object for all rows. */
export interface RowActions {
  readonly select: (id: string, selected: boolean) => void;
  /** Client-side navigation to the link. */
  readonly open: (event: MouseEvent<HTMLAnchorElement>) => void;
  /** Opens tags and notes; the button receives the focus on close. */
  readonly edit: (id: string, button: HTMLButtonElement) => void;
}

export interface RunRowProps {
  readonly run: ListedRun;
  readonly columns: readonly ValueColumn[];
  /** Row index in the whole table, counted from 1 including the header. */
  readonly position: number;
  /** In CSS pixels. */
  readonly height: number;
  readonly trajectory: Trajectory | undefined;
  readonly glyph: Glyph | undefined;
  readonly selected: boolean;
  readonly actions: RowActions;
}

const cell = 'px-2 py-1 whitespace-nowrap';
const curve = 64;
/** A number with a curve to its right. */
const withCurve = 'relative px-2 py-1 whitespace-nowrap number text-right sm:pr-[78px]';
const curvePlace = 'absolute top-[10px] right-2 hidden sm:block';
const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const pencil = <Pencil className="size-3.5" aria-hidden />;

function stepOf(step: number | null | undefined): string | undefined {
  return step == null ? undefined : `At step ${formatNumber(step)}`;
}

/**
 * Re-renders only when the run changes. Keep the markup small: scrolling renders hundreds of rows a second.
 */
export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { run, columns: chosen, position, height, trajectory, glyph, selected, actions } = props;
  const style = assignStyles([run.id]).get(run.id) ?? 0;
  const { history } = run;
  const schedule = describeSchedule(run.schedule);
  const tags = run.tags.join(', ');
  return (
    <tr className="border-t border-line hover:bg-sunken/60" aria-rowindex={position} style={{ height }}>
      <td className="pl-3">
        <input
          type="checkbox"
          aria-label={`Select ${run.name}`}
          checked={selected}
          onChange={({ target }) => {
            actions.select(run.id, target.checked);
          }}
          className="block size-4 accent-(--accent)"
        />
      </td>
      <th scope="row" className="relative py-1 pr-9 pl-2 font-normal">
        <a
          href={`/runs/${run.id}`}
          className="block truncate font-medium text-accent hover:underline [&>svg]:mr-2"
          onClick={actions.open}
        >
          <SeriesMark style={style} width={20} />
          <bdi>{run.name}</bdi>
        </a>
        <div className="h-4 truncate text-[11.5px] leading-4 text-muted">
          <span className="lg:hidden">
            {run.architecture}
            {tags && ' · '}
          </span>
          {tags}
        </div>
        <button
          type="button"
          className="tool absolute top-[9px] right-1"
          aria-label={`Tags and notes of ${run.name}`}
          aria-haspopup="dialog"
          title="Tags and notes"
          onClick={({ currentTarget }) => {
            actions.edit(run.id, currentTarget);
          }}
        >
          {pencil}
        </button>
      </th>
      <td className={`${cell} ${runColumns.status.shown}`}>
        <Status status={run.status} />
      </td>
      <td className={`${cell} ${runColumns.architecture.shown} truncate`} title={run.architecture}>
        {run.architecture}
      </td>
      <td className={`${cell} ${runColumns.data.shown} truncate`} title={run.dataset}>
        {run.dataset}
      </td>
      <td className={`${cell} ${runColumns.rate.shown} number truncate`} title={schedule}>
        {schedule}
      </td>
      <td className={`${cell} ${runColumns.spectra.shown} number text-right`}>{formatNumber(run.spectrumCount)}</td>
      <td className={`${withCurve} ${runColumns.loss.shown}`}>
        {formatCompact(lastValue(history.trainLoss))}
        <Sparkline
          label="training loss, log scale"
          x={history.step}
          y={history.trainLoss}
          style={style}
          log
          logX
          width={curve}
          className={curvePlace}
        />
      </td>
      <td className={`${cell} ${runColumns.accuracy.shown} number text-right`}>
        {formatShare(lastValue(history.testAccuracy))}
      </td>
      <td className={`${withCurve} ${runColumns.lambda.shown}`}>
        {formatCompact(trajectory ? lastValue(trajectory.lambdaMax) : null)}
        {trajectory && (
          <Sparkline
            label="largest eigenvalue"
            x={trajectory.step}
            y={trajectory.lambdaMax}
            style={style}
            logX
            width={curve}
            className={curvePlace}
          />
        )}
      </td>
      <td className={`${cell} ${runColumns.density.shown}`}>
        {glyph && (
          <DensityGlyph
            label={`density at step ${formatNumber(glyph.step.number)}`}
            lambda={glyph.density.lambda}
            density={glyph.density.density}
            style={style}
          />
        )}
      </td>
      <td className={`${cell} ${runColumns.ratio.shown} number text-right`}>
        {formatCompact(trajectory ? lastValue(trajectory.ratio) : null)}
      </td>
      {valuesOf(chosen, run).map((found, index) => (
        <td
          key={chosen[index]?.key}
          className="number px-2 py-1 text-right whitespace-nowrap"
          title={stepOf(found?.step)}
        >
          {found?.value == null ? '–' : chosen[index]?.format(found.value)}
        </td>
      ))}
      <td className={`${cell} ${runColumns.created.shown} number text-right text-muted`}>
        <time dateTime={run.createdAt} title={run.createdAt}>
          {dayFormat.format(new Date(run.createdAt))}
        </time>
      </td>
    </tr>
  );
});
