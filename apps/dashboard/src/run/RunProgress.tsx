'use client';
/** Progress of a run and the time left. */
import { useEffect, useState } from 'react';
import { formatNumber } from '@ritz/charts';
import { describeTime, timeLeft, type Mark } from './timeLeft.ts';
import type { Run } from './spectra.ts';

export interface RunProgressProps {
  readonly run: Run;
  readonly lastStep: number;
}

/** Recent marks only, so that the pace ignores interruptions. */
const mostMarks = 120;
const tickMilliseconds = 1000;

export function RunProgress({ run, lastStep }: RunProgressProps) {
  const { plannedSteps, status } = run;
  const running = status === 'RUNNING';
  const left = useTimeLeft(run, lastStep);
  const planned = plannedSteps !== null && plannedSteps > 0 ? plannedSteps : null;
  return (
    <span className="number inline-flex flex-wrap items-center gap-x-2.5 gap-y-1 text-[13px] text-muted">
      {running && planned !== null && (
        <progress
          aria-label="Progress of the run"
          className="ritz-progress"
          max={planned}
          value={Math.min(lastStep, planned)}
        />
      )}
      <span>
        step {formatNumber(lastStep)}
        {planned !== null && planned > lastStep && ` of ${formatNumber(planned)}`}
      </span>
      {running && left !== null && <span>about {describeTime(left)} left</span>}
    </span>
  );
}

/** Estimated from the updates seen on this page, initially from the start of the run; null on the server. */
function useTimeLeft({ createdAt, plannedSteps, status }: Run, lastStep: number): number | null {
  const running = status === 'RUNNING';
  const [now, setNow] = useState<number | null>(null);
  const [marks, setMarks] = useState<readonly Mark[]>([]);
  useEffect(() => {
    if (!running) return;
    const tick = (): void => {
      setNow(Date.now());
    };
    tick();
    const timer = setInterval(tick, tickMilliseconds);
    return () => {
      clearInterval(timer);
    };
  }, [running]);
  useEffect(() => {
    setMarks((before) => [...before.slice(-mostMarks), { at: Date.now(), step: lastStep }]);
  }, [lastStep]);
  const seen = marks.at(-1);
  if (now === null || !seen) return null;
  const started = { at: Date.parse(createdAt), step: 0 };
  return timeLeft(marks, plannedSteps, now) ?? timeLeft([started, seen], plannedSteps, now);
}
