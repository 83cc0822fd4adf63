/** One part while it is measured: how far it is, and how it is stopped. */
import type { LeasedPart, PartProgress } from '@ritz/database';
import type { SavedState } from './SavedState.ts';

/** The lease is somebody else's now, or nobody wants the part any more. */
export class LostLeaseError extends Error {
  override readonly name = 'LostLeaseError';
}

export class PartRun {
  readonly part: LeasedPart;
  /** Aborted with the reason to stop. */
  readonly controller = new AbortController();
  stepsDone = 0;
  resumedFrom: number | null = null;
  /** Once there is something to save. */
  state: SavedState | null = null;
  /** What was measured is on its way: a lost lease stops it no more. */
  finishing = false;

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
    const which = probeCount === 0 ? 'assembly' : `probes ${firstProbe} to ${firstProbe + probeCount - 1}`;
    return `spectrum ${job.id}, ${which}`;
  }
}
