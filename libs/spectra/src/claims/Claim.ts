/**
 * Claims of Ghorbani, Krishnan and Xiao (ICML 2019, arXiv 1901.10159) as questions to measured runs. Each claim is a file with its
 * statement, what is measured, and the rule by which the numbers decide; nothing presumes the answer.
 */
export interface ClaimRun {
  /** What its curves are called: all that it is but its seed. */
  readonly setting: string;
  /** What runs of one comparison share (net, data, schedule), apart from batch norm, skips and the seed. */
  readonly family: string;
  readonly batchNorm: 'none' | 'minibatch' | 'population';
  readonly residual: boolean;
  readonly seed: number;
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
  /** λ1/λK at K = C; null where λK is not known or not positive. */
  readonly ratio: number | null;
  /** Share of eigenvalues with |λ| up to 1 % of λmax. */
  readonly nearZero: number;
  /** Width of the middle 95 % of the eigenvalues. */
  readonly spread: number;
  /** Share of ‖g‖² in the top K eigenvectors. */
  readonly overlap: readonly { readonly k: number; readonly fraction: number }[];
}

export type Verdict = 'supports' | 'contradicts' | 'cannot tell';

/** Where a claim says that a number lies. */
export interface Claimed {
  readonly side: 'above' | 'below';
  readonly of: number;
}

/** The mean over replicates with its 95 % interval (Student's t); no interval for fewer than two. */
export interface Measurement {
  readonly label: string;
  readonly mean: number;
  readonly interval: readonly [number, number] | null;
  readonly replicates: readonly number[];
  readonly claimed: Claimed;
  /** Of this number alone: the whole interval on the claimed side, the whole of it on the other, or neither. */
  readonly verdict: Verdict;
}

export interface ClaimFigure {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly logarithmic: boolean;
  /** Points of a relation: not to be joined, as the points of a course are. */
  readonly scattered?: true;
  /** Those of one name are of one kind: the same net and setting with other seeds. */
  readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

export interface ClaimResult {
  readonly id: ClaimId;
  readonly verdict: Verdict;
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
