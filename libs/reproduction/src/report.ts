/** The report of a reproduction: for each claim the measured numbers and the verdict. */
import { counted, describeUnits, formatNumber } from '@ritz/charts';
import type { Claim, ClaimResult, Measurement } from '@ritz/spectra';
import type { Scale } from './designs.ts';

export interface ReportedClaim extends ClaimResult {
  readonly statement: string;
  readonly rule: string;
}

export interface ReportedRun {
  readonly name: string;
  /** Its settings except the seed. */
  readonly setting: string;
  readonly id: string;
  readonly parameters: number;
  readonly spectra: number;
  readonly finalLoss: number;
  /** Why the claims cannot use it; null where they can. */
  readonly leftOut: string | null;
  /** The rules that it was trained to be judged by; null if it does not say. */
  readonly rules: string | null;
}

export interface Report {
  readonly scale: Scale;
  /** The command that produced the report. */
  readonly command: string;
  readonly engine: string;
  /** The settings that groups of runs share, as text. */
  readonly settings: readonly string[];
  /** Steps at which their learning rate drops. */
  readonly drops: readonly number[];
  /** Compute time of the spectra of all runs. */
  readonly spectrumSeconds: number;
  /** The rules of this report: see `rulesTag`. */
  readonly rules: string;
  readonly runs: readonly ReportedRun[];
  readonly claims: readonly ReportedClaim[];
}

export function reported({ statement, rule }: Claim, result: ClaimResult): ReportedClaim {
  return { statement, rule, ...result };
}

/** What a reader must know of rules that are not those that the runs were made for; null where none are. */
export function changedRules({ rules, runs }: Report): string | null {
  const others = runs.filter((run) => run.rules !== rules);
  if (others.length === 0) return null;
  return (
    `${others.length} of ${counted(runs.length, 'run')} were trained before the rules became what they are now: ` +
    'those who changed them could have seen these numbers.'
  );
}

export function intervalText({ interval }: Measurement): string {
  return interval === null ? 'no interval' : `${formatNumber(interval[0])} to ${formatNumber(interval[1])}`;
}

export function claimedText({ claimed }: Measurement): string {
  return `${claimed.side} ${formatNumber(claimed.of)}`;
}

export function measurementText(one: Measurement): string {
  const { mean, interval, replicates, verdict } = one;
  if (replicates.length === 0) return 'not measured';
  const range = interval === null ? intervalText(one) : `95 % interval ${intervalText(one)}`;
  return `${formatNumber(mean)} (${range}, ${describeUnits(one)}); claimed ${claimedText(one)}: ${verdict}`;
}
