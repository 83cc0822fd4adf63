/**
 * Claims of Ghorbani, Krishnan and Xiao (ICML 2019, arXiv 1901.10159) as questions to measured runs. Each claim is a file with its
 * statement, what is measured, and the rule by which the numbers decide; nothing presupposes the answer.
 */
import type { Centre } from '../inference/hodgesLehmann.ts';
import type { Replicate, Units } from '../inference/Replicate.ts';

export interface ClaimRun {
  /** The name of its curves: its settings without the seed. */
  readonly setting: string;
  /** The claims that it was trained for; null: all. */
  readonly claims: readonly ClaimId[] | null;
  /** Net and data, apart from batch norm, skips, the schedule and the seed. */
  readonly family: string;
  /** The whole schedule of the learning rate, in words: equal for equal schedules. */
  readonly schedule: string;
  /** The learning rate that it begins with. */
  readonly initialRate: number;
  /** Whether the rate never changes. */
  readonly isRateConstant: boolean;
  readonly batchNorm: 'none' | 'minibatch' | 'population';
  readonly residual: boolean;
  readonly seed: number;
  /** Whether its training broke off: it counts among the replicates, but has no numbers. */
  readonly diverged: boolean;
  /** C; λ1/λK and overlaps are taken at K = C. */
  readonly classes: number;
  /** n. */
  readonly parameters: number;
  /** Steps at which the learning rate drops. */
  readonly drops: readonly number[];
  /** Ascending. */
  readonly losses: readonly { readonly step: number; readonly trainLoss: number }[];
  /** Ascending. */
  readonly spectra: readonly ClaimSpectrum[];
}

/** What claims ask of one spectrum: see `claimSpectrum`. */
export interface ClaimSpectrum {
  readonly step: number;
  /** N, the number of examples that the Hessian is of; null where unknown. */
  readonly examples: number | null;
  readonly lambdaMax: number;
  readonly lambdaMin: number;
  /** λ1/λK at K = C; null where λK is unknown, not resolved or not positive. */
  readonly ratio: number | null;
  /** λ1 + … + λK at K = C; null where λK is unknown or not resolved. */
  readonly topSum: number | null;
  /** Number of outliers; null where residuals were not kept. */
  readonly outlierCount: number | null;
  /** Share of eigenvalues with |λ| up to 1 % of λmax. */
  readonly nearZero: number;
  /** √(Σ λ² / n) = ‖H‖_F / √n. */
  readonly rootMeanSquare: number;
  /** Σ |λ| / n: the Wasserstein distance to a spectrum of zeros. */
  readonly meanMagnitude: number;
  /** Shares of ‖g‖² in the top k eigenvectors. */
  readonly overlap: readonly GradientShare[];
}

export interface GradientShare {
  readonly k: number;
  readonly gradient: 'full-batch' | 'mini-batch';
  readonly fraction: number;
}

/** `no effect`: none that is large enough to matter. */
export type Verdict = 'supports' | 'contradicts' | 'no effect' | 'cannot tell';

/** Where a claim says that a number lies. */
export interface Claimed {
  readonly side: 'above' | 'below';
  readonly of: number;
  /** The smallest distance from `of` that matters; left out where every distance does. */
  readonly smallest?: number;
}

/** The mean over independent units (see `independentUnits`) with its 95 % interval (Student's t); no interval for fewer than two. */
export interface Measurement {
  readonly label: string;
  readonly mean: number;
  readonly interval: readonly [number, number] | null;
  readonly replicates: readonly Replicate[];
  readonly units: Units;
  /** Replicates that have no such number: a run that diverged, an eigenvalue that was not resolved. */
  readonly missing: number;
  /** Whether the verdict would be another one if all that is missing were as the least or as the greatest that was measured. */
  readonly missingMatter: boolean;
  readonly claimed: Claimed;
  /** Whether the claim hangs on it; else it is only reported. */
  readonly decides: boolean;
  /** Two-sided, of a mean of `claimed.of`: by Student's t, and by flips of signs, which asks for no normal law. Null where it cannot be told. */
  readonly p: number | null;
  readonly signFlipP: number | null;
  /** Of Hodges and Lehmann, with its exact 95 % interval where there are enough units. */
  readonly centre: Centre | null;
  /** Further units until the interval decides, if their spread stays; 0 where it does, null where it cannot be told. */
  readonly more: number | null;
  /**
   * Of this number alone. `no effect`: the 90 % interval lies within `claimed.smallest` of `claimed.of` (two one-sided tests at 5 %). Else
   * the whole 95 % interval on the claimed side, the whole of it on the other, or neither.
   */
  readonly verdict: Verdict;
}

export interface ClaimFigure {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly logarithmic: boolean;
  /** Points of a relation: not joined by a line, unlike the points of a curve. */
  readonly scattered?: true;
  /** Points of one name share network and settings and differ in the seed. */
  readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

export interface ClaimResult {
  readonly id: ClaimId;
  readonly verdict: Verdict;
  /** Of the verdict, adjusted for the family of all claims (Holm); null until they are evaluated together, and where it cannot be told. */
  readonly p: number | null;
  readonly measurements: readonly Measurement[];
  /** Runs that a rule fixed before keeps out of (a part of) the claim. */
  readonly excluded: readonly Excluded[];
  readonly figure: ClaimFigure;
}

export interface Excluded {
  readonly setting: string;
  readonly seed: number;
  readonly reason: string;
}

export type ClaimId = 'F1' | 'F2' | 'F3' | 'F4' | 'F5' | 'F6';

export interface Claim {
  readonly id: ClaimId;
  readonly statement: string;
  /** How the numbers decide, for a reader of the report. */
  readonly rule: string;
  evaluate(runs: readonly ClaimRun[]): ClaimResult;
}
