'use client';
/** One run in the table. */
import Link from 'next/link';
import { assignStyles, describeSchedule, formatNumber, formatShare, SeriesMark, Sparkline } from '@ritz/charts';
import { Status } from '../page/Status.tsx';
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
  readonly onSelect: (selected: boolean) => void;
}

/** More would not leave room for the name. */
const TAGS = 2;
const CELL = 'px-2.5 py-1.5 whitespace-nowrap';
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });

export function RunRow({ run, position, height, trajectory, selected, onSelect }: RunRowProps) {
  const style = assignStyles([run.id]).get(run.id) ?? 0;
  const { history } = run;
  const trainLoss = lastValue(history.trainLoss);
  const accuracy = lastValue(history.testAccuracy);
  const lambdaMax = trajectory ? lastValue(trajectory.lambdaMax) : null;
  return (
    <tr className="border-t border-line hover:bg-sunken/60" aria-rowindex={position} style={{ height }}>
      <td className="py-1.5 pl-3">
        <input
          type="checkbox"
          aria-label={`Select ${run.name}`}
          checked={selected}
          onChange={({ target }) => {
            onSelect(target.checked);
          }}
          className="size-4 accent-(--accent)"
        />
      </td>
      <th scope="row" className="max-w-80 px-3 py-1.5 font-normal">
        <span className="flex items-center gap-2">
          <Link
            href={`/runs/${run.id}`}
            className="flex max-w-56 flex-none items-center gap-2 font-medium text-accent hover:underline"
          >
            <SeriesMark style={style} width={20} />
            <span className="truncate">{run.name}</span>
          </Link>
          {run.tags.slice(0, TAGS).map((tag) => (
            <span key={tag} className="max-w-24 truncate rounded bg-sunken px-1.5 text-[11.5px] text-muted" title={tag}>
              {tag}
            </span>
          ))}
        </span>
      </th>
      <td className={CELL}>
        <Status status={run.status} />
      </td>
      <td className={CELL}>{run.architecture}</td>
      <td className={CELL}>{run.dataset}</td>
      <td className={`${CELL} number`}>{describeSchedule(run.schedule)}</td>
      <td className={`${CELL} number text-right`}>{formatNumber(run.spectrumCount)}</td>
      <td className={`${CELL} number`}>
        <span className="flex items-center justify-end gap-2">
          {formatNumber(trainLoss, 3)}
          <Sparkline
            label="training loss, log scale"
            x={history.step}
            y={history.trainLoss}
            style={style}
            log
            logX
            width={72}
          />
        </span>
      </td>
      <td className={`${CELL} number text-right`}>{formatShare(accuracy)}</td>
      <td className={`${CELL} number`}>
        <span className="flex items-center justify-end gap-2">
          {formatNumber(lambdaMax, 3)}
          {trajectory ? (
            <Sparkline
              label="largest eigenvalue"
              x={trajectory.step}
              y={trajectory.lambdaMax}
              style={style}
              logX
              width={72}
            />
          ) : (
            <span className="inline-block h-[26px] w-18" />
          )}
        </span>
      </td>
      <td className={`${CELL} number text-right`}>
        {formatNumber(trajectory ? lastValue(trajectory.ratio) : null, 3)}
      </td>
      <td className={`${CELL} number text-muted`}>
        <time dateTime={run.createdAt} title={run.createdAt}>
          {DAY.format(new Date(run.createdAt))}
        </time>
      </td>
    </tr>
  );
}
