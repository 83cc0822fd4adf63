/** The report of a reproduction: what was measured for each claim, the numbers, and what they decide. */
import type { Claim, ClaimResult, Measurement } from '@ritz/spectra';
import { formatNumber } from '../terminal/table.ts';
import type { Scale } from './plan.ts';

export interface ReportedClaim extends ClaimResult {
  readonly statement: string;
  readonly rule: string;
}

export interface ReportedRun {
  readonly name: string;
  /** All that it is but its seed. */
  readonly setting: string;
  readonly id: string;
  readonly parameters: number;
  readonly spectra: number;
  readonly finalLoss: number;
  /** Why the claims cannot use it; null where they do. */
  readonly leftOut: string | null;
}

export interface Report {
  readonly scale: Scale;
  /** The command that makes it. */
  readonly command: string;
  readonly engine: string;
  /** What the runs have in common. */
  readonly settings: string;
  /** Steps at which their learning rate drops. */
  readonly drops: readonly number[];
  /** That the spectra of all runs took, together. */
  readonly spectrumSeconds: number;
  readonly runs: readonly ReportedRun[];
  readonly claims: readonly ReportedClaim[];
}

export function reported({ statement, rule }: Claim, result: ClaimResult): ReportedClaim {
  return { statement, rule, ...result };
}

export function intervalText({ interval }: Measurement): string {
  return interval === null ? 'no interval' : `${formatNumber(interval[0])} to ${formatNumber(interval[1])}`;
}

export function claimedText({ claimed }: Measurement): string {
  return `${claimed.side} ${claimed.of}`;
}

export function measurementText(one: Measurement): string {
  const { mean, interval, replicates, verdict } = one;
  if (replicates.length === 0) return 'not measured';
  const range = interval === null ? intervalText(one) : `95 % interval ${intervalText(one)}`;
  const count = `${replicates.length} ${replicates.length === 1 ? 'replicate' : 'replicates'}`;
  return `${formatNumber(mean)} (${range}, ${count}); claimed ${claimedText(one)}: ${verdict}`;
}
