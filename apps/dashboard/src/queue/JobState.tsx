/** The status of a job or part as a coloured word. */
import type { JobStatus } from '@ritz/client';

const look: Readonly<Record<JobStatus, { readonly text: string; readonly dot: string }>> = {
  QUEUED: { text: 'Queued', dot: 'bg-warn' },
  RUNNING: { text: 'Running', dot: 'bg-live animate-pulse' },
  FINISHED: { text: 'Finished', dot: 'bg-good' },
  FAILED: { text: 'Failed', dot: 'bg-bad' },
  CANCELLED: { text: 'Cancelled', dot: 'bg-muted' },
};

export function JobState({ status }: { readonly status: JobStatus }) {
  const { text, dot } = look[status];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span className={`size-2 rounded-full ${dot}`} aria-hidden />
      {text}
    </span>
  );
}
