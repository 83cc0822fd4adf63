/** Spectra that were asked for, and how far they are. */
import type { JobStatus } from '@ritz/records';
import type { spectrumJob, spectrumPart } from '../schema/spectrumJob.ts';
import type { worker } from '../schema/worker.ts';
import type { PartResult } from './PartResult.ts';

/** The spectrum is recorded under the id of the job. */
export type SpectrumJob = Readonly<typeof spectrumJob.$inferSelect>;

/** A group of probes of a job, or the assembly of what all of them measured. */
export interface SpectrumPart extends Omit<
  Readonly<typeof spectrumPart.$inferSelect>,
  'result' | 'lease' | 'leaseUntil' | 'queueId' | 'savedLease' | 'savedBytes'
> {
  readonly workerName: string | null;
}

/** A part that a worker holds, with what it needs to measure it. */
export interface LeasedPart {
  readonly lease: string;
  readonly job: SpectrumJob;
  readonly index: number;
  readonly firstProbe: number;
  readonly probeCount: number;
  readonly attempts: number;
  /** The state that an earlier attempt left in the store: whose it is, and its length in bytes. */
  readonly saved: { readonly lease: string; readonly bytes: number } | null;
  /** Of the assembly: every group of probes with its result and its state. */
  readonly groups: readonly FinishedGroup[];
}

export interface FinishedGroup {
  /** Of the part. */
  readonly index: number;
  readonly firstProbe: number;
  readonly probeCount: number;
  readonly result: PartResult;
  readonly saved: { readonly lease: string; readonly bytes: number } | null;
}

export interface Worker extends Readonly<typeof worker.$inferSelect> {
  /** Its last heartbeat is recent, by the database's clock, and it did not say that it stops. */
  readonly alive: boolean;
  /** Parts that it holds. */
  readonly running: number;
}

/** How many parts wait, run, and ended how. */
export type QueueDepth = Readonly<Record<JobStatus, number>>;
