/** The status of a run as a coloured word. */
import type { RunStatus } from '@ritz/client';

const look: Readonly<Record<RunStatus, { readonly text: string; readonly dot: string }>> = {
  RUNNING: { text: 'Running', dot: 'bg-live' },
  FINISHED: { text: 'Finished', dot: 'bg-good' },
  FAILED: { text: 'Failed', dot: 'bg-bad' },
  INTERRUPTED: { text: 'Interrupted', dot: 'bg-warn' },
};

export function Status({ status }: { readonly status: RunStatus }) {
  const { text, dot } = look[status];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <span className={`size-2 rounded-full ${dot}`} aria-hidden />
      {text}
    </span>
  );
}
