'use client';
/** One run in the table. */
import { memo } from 'react';
import Link from 'next/link';
import { assignStyles, describeSchedule, formatNumber, formatShare, SeriesMark, Sparkline } from '@ritz/charts';
import { RunDialog } from '../edit/RunDialog.tsx';
import { Status } from '../page/Status.tsx';
import { COLUMNS } from './columns.tsx';
import { lastValue } from './lastValue.ts';
import type { ListedRun } from './useRuns.ts';
import type { Trajectory } from './useTrajectories.ts';

export interface RunRowProps {
  readonly run: ListedRun;
  /** Row of the whole table, counted from 1 with its head. */
  readonly position: number;
  /** In CSS pixels. */
  readonly height: number;
  readonly trajectory: Trajectory | undefined;
  readonly selected: boolean;
  /** The same function for every row and always. */
  readonly onSelect: (id: string, selected: boolean) => void;
}

const CELL = 'px-2 py-1 whitespace-nowrap';
const CURVE = 64;
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

/** Drawn anew only when something of the run itself changes: a table that scrolls draws the rows that come into sight. */
export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { run, position, height, trajectory, selected, onSelect } = props;
  const style = assignStyles([run.id]).get(run.id) ?? 0;
  const { history } = run;
  const trainLoss = lastValue(history.trainLoss);
  const accuracy = lastValue(history.testAccuracy);
  const lambdaMax = trajectory ? lastValue(trajectory.lambdaMax) : null;
  const schedule = describeSchedule(run.schedule);
  return (
    <tr className="border-t border-line hover:bg-sunken/60" aria-rowindex={position} style={{ height }}>
      <td className="pl-3">
        <input
          type="checkbox"
          aria-label={`Select ${run.name}`}
          checked={selected}
          onChange={({ target }) => {
            onSelect(run.id, target.checked);
          }}
          className="block size-4 accent-(--accent)"
        />
      </td>
      <th scope="row" className="px-2 py-1 font-normal">
        <span className="flex items-center gap-1.5">
          <span className="min-w-0 flex-1">
            <Link
              href={`/runs/${run.id}`}
              prefetch={false}
              className="flex items-center gap-2 font-medium text-accent hover:underline"
            >
              <SeriesMark style={style} width={20} />
              <span className="truncate">{run.name}</span>
            </Link>
            <span className="block h-4 truncate text-[11.5px] leading-4 text-muted">
              <span className="lg:hidden">{run.architecture}</span>
              {run.tags.length > 0 && <span className="lg:hidden"> · </span>}
              {run.tags.join(', ')}
            </span>
          </span>
          <RunDialog run={run} />
        </span>
      </th>
      <td className={`${CELL} ${COLUMNS.status.shown}`}>
        <Status status={run.status} />
      </td>
      <td className={`${CELL} ${COLUMNS.architecture.shown} truncate`} title={run.architecture}>
        {run.architecture}
      </td>
      <td className={`${CELL} ${COLUMNS.data.shown} truncate`} title={run.dataset}>
        {run.dataset}
      </td>
      <td className={`${CELL} ${COLUMNS.rate.shown} number truncate`} title={schedule}>
        {schedule}
      </td>
      <td className={`${CELL} ${COLUMNS.spectra.shown} number text-right`}>{formatNumber(run.spectrumCount)}</td>
      <td className={`${CELL} ${COLUMNS.loss.shown} number`}>
        <span className="flex items-center justify-end gap-1.5">
          {formatNumber(trainLoss, 3)}
          <span className="hidden flex-none sm:block">
            <Sparkline
              label="training loss, log scale"
              x={history.step}
              y={history.trainLoss}
              style={style}
              log
              logX
              width={CURVE}
            />
          </span>
        </span>
      </td>
      <td className={`${CELL} ${COLUMNS.accuracy.shown} number text-right`}>{formatShare(accuracy)}</td>
      <td className={`${CELL} ${COLUMNS.lambda.shown} number`}>
        <span className="flex items-center justify-end gap-1.5">
          {formatNumber(lambdaMax, 3)}
          <span className="hidden h-[26px] w-16 flex-none sm:block">
            {trajectory && (
              <Sparkline
                label="largest eigenvalue"
                x={trajectory.step}
                y={trajectory.lambdaMax}
                style={style}
                logX
                width={CURVE}
              />
            )}
          </span>
        </span>
      </td>
      <td className={`${CELL} ${COLUMNS.ratio.shown} number text-right`}>
        {formatNumber(trajectory ? lastValue(trajectory.ratio) : null, 3)}
      </td>
      <td className={`${CELL} ${COLUMNS.created.shown} number text-right text-muted`}>
        <time dateTime={run.createdAt} title={run.createdAt}>
          {DAY.format(new Date(run.createdAt))}
        </time>
      </td>
    </tr>
  );
});
