/** Fits a computation into a memory budget before it starts. */
import os from 'node:os';
import { EstimationError } from '../error/EstimationError.ts';
import type { Footprint } from './footprint.ts';
import type { PassSize } from './passSize.ts';

export interface MemoryPlan {
  /** Bytes of the activations that are kept, of the engine's workspace while it runs, and of the vectors of a pass and the point. */
  readonly activations: number;
  readonly workspace: number;
  readonly vectors: number;
  /** Whether the activations of all micro-batches are kept; else they are computed anew in every product. */
  readonly keepAll: boolean;
  /** Micro-batches that are computed at the same time. */
  readonly lanes: number;
}

/** Half of what is free. */
export function defaultMemory(): number {
  return Math.floor(Math.min(process.availableMemory(), os.freemem() + process.memoryUsage().rss) / 2);
}

export interface MemoryNeeds {
  readonly footprint: Footprint;
  readonly passSize: PassSize;
  readonly microBatches: number;
  /** Of them at the same time, at most: each takes a workspace. */
  readonly lanes: number;
  /** Bytes of the vectors of a pass and their products, and of the point. */
  readonly vectors: number;
  /** Bytes that may be used. */
  readonly memory: number;
}

/**
 * Keeps the activations of all micro-batches if they fit, else of one at a time in each lane; with as many lanes as fit. Throws an
 * EstimationError (TOO_LARGE) that says what is needed when not even one does.
 */
export function planMemory(needs: MemoryNeeds): MemoryPlan {
  const most = Math.max(1, Math.min(needs.lanes, needs.microBatches));
  for (const keepAll of [true, false]) {
    for (let lanes = most; lanes >= 1; lanes--) {
      const plan = planOf(needs, lanes, keepAll);
      if (bytesOf(plan) <= needs.memory) return plan;
    }
  }
  const { microBatch, vectorsPerPass } = needs.passSize;
  const least = planOf(needs, 1, false);
  const { activations, workspace, vectors } = least;
  throw new EstimationError(
    'TOO_LARGE',
    `A pass of ${microBatch} examples × ${vectorsPerPass} vectors takes about ${megabytes(bytesOf(least))} ` +
      `(activations ${megabytes(activations)}, workspace ${megabytes(workspace)}, vectors ${megabytes(vectors)}), but only ` +
      `${megabytes(needs.memory)} are allowed: take fewer at once (microBatch, vectorsPerPass) or allow more (memory).`,
  );
}

function planOf({ footprint, microBatches, vectors }: MemoryNeeds, lanes: number, keepAll: boolean): MemoryPlan {
  const { kept, workspace } = footprint;
  return {
    activations: kept * (keepAll ? microBatches : lanes),
    workspace: workspace * lanes,
    vectors,
    keepAll,
    lanes,
  };
}

function bytesOf({ activations, workspace, vectors }: MemoryPlan): number {
  return activations + workspace + vectors;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toPrecision(3)} MB`;
}
