/** Fits a computation into a memory budget before it starts. */
import os from 'node:os';
import { EstimationError } from '../error/EstimationError.ts';
import type { Footprint } from './footprint.ts';
import type { PassSize } from './passSize.ts';

export interface MemoryPlan {
  /** Bytes of the activations that are kept, of the engine's workspace while it runs, and of the vectors of a pass. */
  readonly activations: number;
  readonly workspace: number;
  readonly vectors: number;
  /** Whether the activations of all micro-batches are kept; else they are computed anew in every product. */
  readonly keepAll: boolean;
}

/** Half of what is free. */
export function defaultMemory(): number {
  return Math.floor(Math.min(process.availableMemory(), os.freemem() + process.memoryUsage().rss) / 2);
}

export interface MemoryNeeds {
  readonly footprint: Footprint;
  readonly passSize: PassSize;
  readonly microBatches: number;
  /** Bytes of the vectors of a pass and their products. */
  readonly vectors: number;
  /** Bytes that may be used. */
  readonly memory: number;
}

/**
 * Keeps the activations of all micro-batches if they fit, else of one at a time. Throws an EstimationError (TOO_LARGE) that says
 * what is needed when not even that fits.
 */
export function planMemory({ footprint, passSize, microBatches, vectors, memory }: MemoryNeeds): MemoryPlan {
  const { kept, workspace } = footprint;
  const keepAll = kept * microBatches + workspace + vectors <= memory;
  const activations = keepAll ? kept * microBatches : kept;
  const needed = activations + workspace + vectors;
  if (needed > memory) {
    const { microBatch, vectorsPerPass } = passSize;
    throw new EstimationError(
      'TOO_LARGE',
      `memory: a pass of ${microBatch} examples × ${vectorsPerPass} vectors takes about ${megabytes(needed)} ` +
        `(activations ${megabytes(activations)}, workspace ${megabytes(workspace)}, vectors ${megabytes(vectors)}), but only ` +
        `${megabytes(memory)} are allowed: lower microBatch or vectorsPerPass, or allow more.`,
    );
  }
  return { activations, workspace, vectors, keepAll };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toPrecision(3)} MB`;
}
