/** The execution of one part: its progress, and the means to stop it. */
import type { LeasedPart, PartProgress } from '@ritz/database';
import type { SavedState } from './SavedState.ts';

/** Another worker holds the lease now, or the job was cancelled. */
export class LostLeaseError extends Error {
  override readonly name = 'LostLeaseError';
}

export class PartExecution {
  readonly part: LeasedPart;
  /** Aborted with the reason for stopping. */
  readonly controller = new AbortController();
  stepsDone = 0;
  resumedFrom: number | null = null;
  /** Null until there is something to save. */
  state: SavedState | null = null;
  /** The result is being stored: a lost lease no longer stops it. */
  isFinishing = false;

  constructor(part: LeasedPart) {
    this.part = part;
  }

  get progress(): PartProgress {
    const { stepsDone, resumedFrom } = this;
    return { lease: this.part.lease, stepsDone, resumedFrom, savedBytes: this.state?.savedBytes ?? null };
  }

  /** `spectrum 1f0e…, probes 0 to 3`, for the log. */
  get title(): string {
    const { job, firstProbe, probeCount } = this.part;
    const assembly = job.request.blocks ? 'blocks' : 'assembly';
    const which = probeCount === 0 ? assembly : `probes ${firstProbe} to ${firstProbe + probeCount - 1}`;
    return `spectrum ${job.id}, ${which}`;
  }
}
