'use client';
/** The queue page: depth, workers, and every job with cancel and retry. */
import { useState } from 'react';
import { formatNumber } from '@ritz/charts';
import type { JobStatus, QueueQuery } from '@ritz/client';
import { Failed } from '../figure/FigureState.tsx';
import { JobRow } from './JobRow.tsx';
import { useJobChanges, useQueue } from './useQueue.ts';
import { WorkersTable } from './WorkersTable.tsx';

const shown: readonly (readonly [status: JobStatus | null, text: string])[] = [
  [null, 'All'],
  ['QUEUED', 'Waiting'],
  ['RUNNING', 'Running'],
  ['FAILED', 'Failed'],
  ['FINISHED', 'Finished'],
  ['CANCELLED', 'Cancelled'],
];

export function QueuePage({ initial }: { readonly initial: QueueQuery }) {
  const [status, setStatus] = useState<JobStatus | null>(null);
  const [after, setAfter] = useState<string | null>(null);
  const { queue, error, retry } = useQueue(initial, status, after);
  const changes = useJobChanges();
  const { queueDepth: depth, workers, spectrumJobs: jobs } = queue;
  const show = (next: JobStatus | null): void => {
    setStatus(next);
    setAfter(null);
  };
  return (
    <>
      <header className="mb-5">
        <h1 className="mb-1.5 text-[22px] leading-tight font-semibold tracking-tight">Queue</h1>
        <p className="max-w-[85ch] text-muted">
          Spectra queued for workers. Each job is split into groups of probes, which are combined when all have
          finished.
        </p>
      </header>
      {error && <Failed error={error} onRetry={retry} />}
      <dl className="number mb-5 grid grid-cols-2 gap-3 sm:grid-cols-5">
        {[
          ['Queued parts', depth.queued],
          ['Running', depth.running],
          ['Failed', depth.failed],
          ['Finished', depth.finished],
          ['Workers', workers.filter(({ alive }) => alive).length],
        ].map(([name, count]) => (
          <div key={name} className="panel px-4 py-3">
            <dt className="text-[12.5px] text-muted">{name}</dt>
            <dd className="text-xl font-semibold">{formatNumber(Number(count))}</dd>
          </div>
        ))}
      </dl>
      <section aria-labelledby="workers" className="mb-6">
        <h2 id="workers" className="eyebrow mb-2">
          Workers
        </h2>
        <WorkersTable workers={workers} />
      </section>
      <section aria-labelledby="jobs">
        <div className="mb-2 flex flex-wrap items-center gap-2">
          <h2 id="jobs" className="eyebrow mr-auto">
            Spectra
          </h2>
          {shown.map(([value, text]) => (
            <button
              key={text}
              type="button"
              className="control"
              aria-pressed={status === value}
              onClick={() => {
                show(value);
              }}
            >
              {text}
            </button>
          ))}
        </div>
        {changes.error && (
          <p role="alert" className="mb-2 text-[13px] text-bad">
            {changes.error.message}
          </p>
        )}
        {jobs.nodes.length === 0 ? (
          <p className="panel px-5 py-8 text-center text-muted">
            {status === null ? (
              <>
                No jobs yet. <code className="code">ritz train --spectra queue</code> queues the spectra of a training
                run; the mutation <code className="code">requestSpectrum</code> queues a single one.
              </>
            ) : (
              'No jobs with this status.'
            )}
          </p>
        ) : (
          <ul className="panel divide-y divide-line">
            {jobs.nodes.map((job) => (
              <JobRow key={job.id} job={job} changes={changes} />
            ))}
          </ul>
        )}
        <div className="mt-3 flex items-center gap-3 text-[13px] text-muted">
          <span className="number">{formatNumber(jobs.totalCount)} in all</span>
          {after !== null && (
            <button
              type="button"
              className="control"
              onClick={() => {
                setAfter(null);
              }}
            >
              Newest
            </button>
          )}
          {jobs.pageInfo.hasNextPage && (
            <button
              type="button"
              className="control"
              onClick={() => {
                setAfter(jobs.pageInfo.endCursor);
              }}
            >
              Older
            </button>
          )}
        </div>
      </section>
    </>
  );
}
