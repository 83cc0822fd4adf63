/** How many probes run at once and where their bases lie: in memory as far as it is allowed, otherwise in a file. */
import type { Precision } from '../engines/Engine.ts';
import { EstimationError } from '../error/EstimationError.ts';
import { ScratchFile } from './basis/ScratchFile.ts';
import { basisBytes, createScratchWorkspace, createWorkspace, scratchBytes, type Segment } from './basis/workspace.ts';

export interface Scratch {
  /** A directory on a fast local disk. */
  readonly directory: string;
  /** Bytes that the bases may take there; Infinity: as many as there is room for. */
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
}

export interface Placement {
  /** Probes that run at once. */
  readonly size: number;
  readonly inFile: boolean;
}

/** Throws an EstimationError (BAD_OPTION) when not even one basis fits. */
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
    throw new EstimationError(
      'BAD_OPTION',
      `memory: one basis of ${rows} × ${dimension} numbers takes ${needed} bytes, but only ${allowed}: ` +
        `allow more, take fewer steps${scratch ? '' : ' or name a scratch directory for it'}.`,
    );
  }
  const groups = Math.ceil(probes / Math.min(probes, fitting));
  return { size: Math.ceil(probes / groups), inFile };
}

export interface Workspace {
  readonly segments: readonly Segment[];
  close(): void;
}

/** Room for `size` bases. Throws an EstimationError: BAD_OPTION or STATE_UNWRITABLE when it cannot be had. */
export function openWorkspace(options: PlacementOptions, { size, inFile }: Placement): Workspace {
  const { dimension, rows, precision, scratch } = options;
  const wanted = { dimension, rows, bases: size, precision };
  if (!inFile || !scratch) return { segments: createWorkspace(wanted), close: () => undefined };
  const file = ScratchFile.create(scratch.directory, scratchBytes(wanted));
  return {
    segments: createScratchWorkspace(wanted, file),
    close: () => {
      file.close();
    },
  };
}
