/** One spectrum job: progress, parts and actions. */
import Link from 'next/link';
import { counted, formatNumber, formatShare } from '@ritz/charts';
import { curvatureOperatorNames } from '@ritz/client';
import { JobState } from './JobState.tsx';
import type { JobChanges, QueueJob } from './useQueue.ts';

export interface JobRowProps {
  readonly job: QueueJob;
  readonly changes: JobChanges;
}

type Part = QueueJob['parts'][number];

function partText(
  { firstProbe, probeCount, stepsDone, attempts, workerName, resumedFrom }: Part,
  steps: number,
): string {
  const last = firstProbe + probeCount - 1;
  const which = probeCount === 0 ? 'Assembly' : probeCount === 1 ? `Probe ${last}` : `Probes ${firstProbe} to ${last}`;
  return [
    which,
    ...(probeCount > 0 && stepsDone > 0 ? [`Lanczos step ${stepsDone} of ${steps}`] : []),
    ...(workerName === null ? [] : [workerName]),
    ...(attempts > 1 ? [`attempt ${attempts}`] : []),
    ...(resumedFrom === null ? [] : [`resumed from step ${resumedFrom}`]),
  ].join(' · ');
}

export function JobRow({ job, changes }: JobRowProps) {
  const { run, step, status, progress, parts, failure, lanczosSteps, probeCount } = job;
  const isOpen = status === 'QUEUED' || status === 'RUNNING';
  const title = `${run.name}, step ${step}`;
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <Link href={`/runs/${run.id}`} className="min-w-48 flex-1 font-medium hover:text-accent">
          {run.name} <span className="number font-normal text-muted">step {formatNumber(step)}</span>
        </Link>
        <span className="number text-[13px] text-muted">
          {curvatureOperatorNames[job.operator]}, {counted(probeCount, 'probe')} of {formatNumber(lanczosSteps)} steps
        </span>
        <progress
          className="h-1.5 w-28 accent-(--color-accent)"
          value={progress}
          max={1}
          aria-label={`Progress of ${title}`}
        />
        <span className="number w-12 text-right text-[13px]">{formatShare(progress)}</span>
        <span className="w-24 text-[13px]">
          <JobState status={status} />
        </span>
        {status === 'FINISHED' ? (
          <span className="w-20" />
        ) : (
          <button
            type="button"
            className="control w-20 justify-center"
            disabled={changes.busy}
            aria-label={`${isOpen ? 'Cancel' : 'Retry'} ${title}`}
            onClick={() => {
              changes.change(job.id, isOpen ? 'cancel' : 'retry');
            }}
          >
            {isOpen ? 'Cancel' : 'Retry'}
          </button>
        )}
      </div>
      {failure !== null && <p className="mt-1.5 text-[13px] break-words text-bad">{failure}</p>}
      <details className="mt-1 text-[13px] text-muted">
        <summary className="cursor-pointer">
          {formatNumber(parts.length)} parts, {formatNumber(parts.filter((part) => part.status === 'FINISHED').length)}{' '}
          finished
        </summary>
        <ul className="number mt-1 space-y-1">
          {parts.map((part) => (
            <li key={part.index} className="flex flex-wrap gap-x-3">
              <span className="w-24">
                <JobState status={part.status} />
              </span>
              <span className="flex-1">{partText(part, lanczosSteps)}</span>
              {part.failure !== null && <span className="w-full break-words text-bad">{part.failure}</span>}
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}
