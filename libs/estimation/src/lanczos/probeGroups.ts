/** Which probes go through Lanczos and through the engine together: what others may measure apart and still have the same bits. */
import type { Precision } from '../engines/Engine.ts';
import { passesOf } from '../operator/passSize.ts';
import { place } from './placement.ts';

export interface ProbeGroupOptions {
  /** n */
  readonly dimension: number;
  /** m */
  readonly steps: number;
  /** k */
  readonly probes: number;
  readonly precision: Precision;
  /** Of the operator's pass size. */
  readonly vectorsPerPass: number;
  /** Bytes that the bases may take. Default: that of `lanczos`. */
  readonly memory?: number;
}

/** Bytes that bases may take unless it is said. */
export const defaultBasisMemory = 2 * 2 ** 30;

/**
 * Sizes of the groups, in the order of the probes, summing to k. How many vectors an engine is given at once can change the last bits
 * of its products; probes of one group are given together by `lanczos` over all k, too, as long as none of them breaks down. Throws an
 * EstimationError (BAD_OPTION) when not even one basis fits the memory.
 */
export function probeGroups(options: ProbeGroupOptions): number[] {
  const { dimension, steps, probes, vectorsPerPass, memory = defaultBasisMemory } = options;
  const rows = Math.min(steps + 1, dimension);
  const { size } = place({ ...options, rows, memory, scratch: undefined });
  const groups: number[] = [];
  for (let first = 0; first < probes; first += size) {
    groups.push(...passesOf(Math.min(size, probes - first), vectorsPerPass));
  }
  return groups;
}
