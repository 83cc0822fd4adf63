/** Which probes are measured together: groups that can be measured separately with bit-identical results. */
import type { Precision } from '../numbers/precision.ts';
import { place } from '../basis/placement.ts';

export interface ProbeGroupOptions {
  /** n */
  readonly dimension: number;
  /** m */
  readonly steps: number;
  /** k */
  readonly probes: number;
  readonly precision: Precision;
  /** Vectors per pass of the operator. */
  readonly vectorsPerPass: number;
  /** Bytes that the bases may take. Default: that of `lanczos`. */
  readonly memory?: number;
}

/** Default limit of the bases, in bytes. */
export const defaultBasisMemory = 2 * 2 ** 30;

/**
 * Sizes of the groups, in the order of the probes, summing to k. How many vectors an engine is given at once can change the last bits
 * of its products; probes of one group are given together by `lanczos` over all k, too, as long as none of them breaks down. Throws an
 * LanczosError (BAD_OPTION) when not even one basis fits the memory.
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

/** Sizes of passes of about the same number of vectors, at most `vectorsPerPass`: few different sizes, none of them nearly empty. */
export function passesOf(vectors: number, vectorsPerPass: number): number[] {
  const passes = Math.ceil(vectors / vectorsPerPass);
  const sizes: number[] = [];
  for (let left = vectors; left > 0; left -= sizes.at(-1) ?? left)
    sizes.push(Math.ceil(left / (passes - sizes.length)));
  return sizes;
}
