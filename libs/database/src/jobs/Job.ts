/** Spectra that were asked for, and how far they are. */
import type { JobStatus } from '../schema/spectrumJob.ts';
import type { PartResult } from './PartResult.ts';
import type { SpectrumRequest } from './requestSchema.ts';

export interface SpectrumJob {
  /** Also that of the spectrum, once it is recorded. */
  readonly id: string;
  readonly runId: string;
  readonly stepNumber: number;
  readonly request: SpectrumRequest;
  readonly status: JobStatus;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** A group of probes of a job, or the assembly of what all of them measured. */
export interface SpectrumPart {
  readonly jobId: string;
  readonly index: number;
  readonly firstProbe: number;
  /** 0 for the assembly. */
  readonly probeCount: number;
  readonly status: JobStatus;
  /** How often a worker took it. */
  readonly attempts: number;
  readonly workerId: string | null;
  readonly workerName: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** Lanczos steps that each of its probes has taken. */
  readonly stepsDone: number;
  /** Step that the last attempt went on from; `null` = it began at the beginning. */
  readonly resumedFrom: number | null;
  readonly failure: string | null;
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

export interface Worker {
  readonly id: string;
  readonly name: string;
  readonly engine: string;
  readonly concurrency: number;
  readonly startedAt: Date;
  readonly heartbeatAt: Date;
  readonly stoppedAt: Date | null;
  /** Its last heartbeat is recent, by the database's clock, and it did not say that it stops. */
  readonly alive: boolean;
  /** Parts that it holds. */
  readonly running: number;
}

/** How many parts wait, run, and ended how. */
export type QueueDepth = Readonly<Record<JobStatus, number>>;
