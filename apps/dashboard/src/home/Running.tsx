'use client';
/** Runs under way, each with its progress and the time left. */
import { useEffect, useState } from 'react';
import Link from 'next/link';
import { formatCompact, formatNumber } from '@ritz/charts';
import type { HomeQuery } from '@ritz/client';
import { lastValue } from '../runs/lastValue.ts';
import { describeTime, timeLeft } from '../run/timeLeft.ts';

type RunningRun = HomeQuery['running']['nodes'][number];

const everyMilliseconds = 10_000;

/** The time in milliseconds; null on the server, whose clock is another. */
function useNow(): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    const tick = (): void => {
      setNow(Date.now());
    };
    tick();
    const timer = setInterval(tick, everyMilliseconds);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return now;
}

export function Running({ runs, total }: { readonly runs: readonly RunningRun[]; readonly total: number }) {
  const now = useNow();
  return (
    <section aria-labelledby="running" className="panel">
      <h2 id="running" className="px-4 pt-3 pb-2 text-[15px] font-semibold sm:px-5">
        Running <span className="number font-normal text-muted">{formatNumber(total)}</span>
      </h2>
      {runs.length === 0 ? (
        <p className="px-4 pb-3 text-[13px] text-muted sm:px-5">No runs under way.</p>
      ) : (
        <ul>
          {runs.map((run) => (
            <RunningItem key={run.id} run={run} now={now} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RunningItem({ run, now }: { readonly run: RunningRun; readonly now: number | null }) {
  const { id, name, plannedSteps, createdAt, history } = run;
  const step = history.step.at(-1) ?? 0;
  const started = { at: Date.parse(createdAt), step: 0 };
  const left = now === null ? null : timeLeft([started, { at: now, step }], plannedSteps, now);
  return (
    <li className="border-t border-line px-4 py-2.5 sm:px-5">
      <Link href={`/runs/${id}`} className="block truncate font-medium text-accent hover:underline">
        <bdi>{name}</bdi>
      </Link>
      <div className="number mt-0.5 flex flex-wrap items-center gap-x-2.5 text-[12.5px] text-muted">
        {plannedSteps !== null && plannedSteps > 0 && (
          <progress
            aria-label={`Progress of ${name}`}
            className="ritz-progress"
            max={plannedSteps}
            value={Math.min(step, plannedSteps)}
          />
        )}
        <span>
          step {formatNumber(step)}
          {plannedSteps !== null && ` of ${formatNumber(plannedSteps)}`}
        </span>
        <span>loss {formatCompact(lastValue(history.trainLoss))}</span>
        {left !== null && <span>about {describeTime(left)} left</span>}
      </div>
    </li>
  );
}
