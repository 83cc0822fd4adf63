/**
 * Claims of Ghorbani, Krishnan and Xiao (ICML 2019, arXiv 1901.10159) as questions to measured runs. Each claim is a file with its
 * statement, what is measured, and the rule by which the numbers decide; nothing presupposes the answer.
 */
import type { Centre } from '../inference/hodgesLehmann.ts';
import type { Replicate, Units } from '../inference/Replicate.ts';

export interface ClaimRun {
  /** The name of its curves: its settings without the seed. */
  readonly setting: string;
  /** The settings that runs of one comparison share (net, data, schedule), apart from batch norm, skips and the seed. */
  readonly family: string;
  readonly batchNorm: 'none' | 'minibatch' | 'population';
  readonly residual: boolean;
  readonly seed: number;
  /** Whether its training broke off: it counts among the replicates, but has no numbers. */
  readonly diverged: boolean;
  /** C; λ1/λK and overlaps are taken at K = C. */
  readonly classes: number;
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
  readonly lambdaMax: number;
  readonly lambdaMin: number;
  /** λ1/λK at K = C; null where λK is unknown or not positive. */
  readonly ratio: number | null;
  /** Share of eigenvalues with |λ| up to 1 % of λmax. */
  readonly nearZero: number;
  /** Width of the middle 95 % of the eigenvalues. */
  readonly spread: number;
  /** Share of ‖g‖² in the top K eigenvectors. */
  readonly overlap: readonly { readonly k: number; readonly fraction: number }[];
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
  readonly figure: ClaimFigure;
}

export type ClaimId = 'F1' | 'F2' | 'F3' | 'F4' | 'F5' | 'F6';

export interface Claim {
  readonly id: ClaimId;
  readonly statement: string;
  /** How the numbers decide, for a reader of the report. */
  readonly rule: string;
  evaluate(runs: readonly ClaimRun[]): ClaimResult;
}
