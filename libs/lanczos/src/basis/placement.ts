/** How many probes run at once and where their bases are stored: in memory up to the limit, otherwise in a file. */
import os from 'node:os';
import { LanczosError } from '../error/LanczosError.ts';
import type { Precision } from '../numbers/precision.ts';
import { ScratchFile } from './ScratchFile.ts';
import { inlineExecutor, threadedExecutor, type Executor } from './executors.ts';
import {
  basisBytes,
  createScratchWorkspace,
  createWorkspace,
  maxBases,
  scratchBytes,
  type Workspace,
} from './workspace.ts';

export interface Scratch {
  /** A directory on a fast local disk. */
  readonly directory: string;
  /** Bytes that the bases may take there; Infinity: no limit. */
  readonly bytes: number;
}

export interface PlacementOptions {
  readonly dimension: number;
  readonly rows: number;
  readonly precision: Precision;
  readonly probes: number;
  /** Bytes that the bases may take in memory. */
  readonly memory: number;
  readonly scratch: Scratch | undefined;
  /** Threads that work on the bases; undefined: one per core for large bases, otherwise one. */
  readonly threads?: number | undefined;
}

/**
 * Bytes of all bases that are worked on at once from which threads pay off: waking two takes about 0.3 ms of processor time, reading half of
 * these about 1 ms.
 */
const threadThresholdBytes = 2 ** 24;
/** More threads do not read any faster from one memory. */
const maxThreads = 8;

export interface Placement {
  /** Probes that run at once. */
  readonly size: number;
  readonly inFile: boolean;
}

/** Throws a LanczosError (BAD_OPTION) when not even one basis fits. */
export function place({ dimension, rows, precision, probes, memory, scratch }: PlacementOptions): Placement {
  const needed = basisBytes({ dimension, rows, bases: 1, precision });
  const inMemory = Math.floor(memory / needed);
  const inFile = inMemory < 1;
  const fitting =
    inFile && scratch ? Math.floor(scratch.bytes / scratchBytes({ dimension, rows, bases: 1, precision })) : inMemory;
  if (fitting < 1) {
    const allowed = scratch
      ? `${memory} are allowed in memory and ${scratch.bytes} in a file`
      : `${memory} are allowed`;
    throw new LanczosError(
      'BAD_OPTION',
      `memory: one basis of ${rows} × ${dimension} numbers takes ${needed} bytes, but only ${allowed}: ` +
        `allow more, take fewer steps${scratch ? '' : ' or name a scratch directory for it'}.`,
    );
  }
  const limit = inFile ? probes : maxBases({ dimension, rows, precision });
  const groups = Math.ceil(probes / Math.max(1, Math.min(probes, fitting, limit)));
  return { size: Math.ceil(probes / groups), inFile };
}

/** Memory for `size` bases, and threads to work on it. Throws a LanczosError: BAD_OPTION or STATE_UNWRITABLE when it cannot be allocated. */
export function openWorkspace(options: PlacementOptions, { size, inFile }: Placement): Executor {
  const { dimension, rows, precision, scratch } = options;
  const wanted = { dimension, rows, bases: size, precision };
  const threads = threadsFor(options, size);
  if (!inFile || !scratch) return executorOf(createWorkspace(wanted), threads);
  const file = ScratchFile.create(scratch.directory, scratchBytes(wanted));
  try {
    const executor = executorOf(createScratchWorkspace(wanted, file, threads), threads);
    const close = async (): Promise<void> => {
      await executor.close();
      file.close();
    };
    return { ...executor, close };
  } catch (error) {
    file.close();
    throw error;
  }
}

function threadsFor({ dimension, rows, precision, threads }: PlacementOptions, bases: number): number {
  if (threads !== undefined) return threads;
  const bytes = basisBytes({ dimension, rows, bases, precision });
  return bytes < threadThresholdBytes ? 1 : Math.min(maxThreads, os.availableParallelism());
}

function executorOf(workspace: Workspace, threads: number): Executor {
  return threads === 1 ? inlineExecutor(workspace) : threadedExecutor(workspace, threads);
}
