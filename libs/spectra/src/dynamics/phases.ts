/** The phases of a training as its spectra show them: the loss of negative curvature, the plateau, and what follows each rate drop. */
import { SpectrumError } from '../measure/SpectrumError.ts';

export type PhaseKind = 'fast loss of negative curvature' | 'plateau' | 'after a rate drop';

export interface Phase {
  readonly kind: PhaseKind;
  /** Its first and last step. */
  readonly from: number;
  readonly to: number;
}

export interface MeasuredTraining {
  /** Steps with a measured spectrum, ascending. */
  readonly step: readonly number[];
  /** Share of the eigenvalues below 0 at each of them; null: not measured. */
  readonly negativeMass: readonly (number | null)[];
  /** Standard error of each over the probes; null: unknown. Default: all unknown. */
  readonly standardError?: readonly (number | null)[];
  /** Steps at which the learning rate drops, ascending. */
  readonly drops: readonly number[];
  /** Where the last phase ends. */
  readonly lastStep: number;
}

/** A smaller fall of the negative mass is no phase of its own. */
export const leastFall = 0.02;
/** The share of the fall that ends the first phase. */
export const fallenShare = 0.9;
/** Standard errors that the fall must exceed where they are known. */
const standardErrors = 3;

interface Point {
  readonly step: number;
  readonly mass: number;
  readonly error: number | null;
}

/** The measured points, in order. Throws a SpectrumError (BAD_LENGTH) for columns of different lengths. */
function pointsOf({ step, negativeMass, standardError }: MeasuredTraining): Point[] {
  for (const [name, column] of Object.entries({ negativeMass, standardError })) {
    if (column && column.length !== step.length) {
      throw new SpectrumError(
        'BAD_LENGTH',
        `${name}: expected ${step.length} values, one for each step, got ${column.length}.`,
      );
    }
  }
  return step.flatMap((at, index) => {
    const mass = negativeMass[index] ?? null;
    return mass === null ? [] : [{ step: at, mass, error: standardError?.[index] ?? null }];
  });
}

/**
 * The step from which on the negative mass stays within a tenth of its fall above its minimum; null if it hardly falls, or if no
 * later point shows that it stays.
 */
function endOfFall(points: readonly Point[]): number | null {
  const [first] = points;
  if (!first || points.length < 2) return null;
  const lowest = points.reduce((least, point) => (point.mass < least.mass ? point : least));
  const fall = first.mass - lowest.mass;
  if (fall < leastFall) return null;
  if (first.error !== null && lowest.error !== null && fall < standardErrors * Math.hypot(first.error, lowest.error)) {
    return null;
  }
  const ceiling = lowest.mass + (1 - fallenShare) * fall;
  const lastAbove = points.findLastIndex(({ mass }) => mass > ceiling);
  return lastAbove + 2 < points.length ? (points[lastAbove + 1]?.step ?? null) : null;
}

/**
 * Until the first rate drop: the *fast loss of negative curvature* ends at the first measured step from which on the negative mass
 * has lost nine tenths of its fall (its first value minus its smallest) for good, if that fall is at least 0.02 and three
 * standard errors; what follows is the *plateau*. From each rate drop to the next: *after a rate drop*. Where the negative mass
 * hardly falls, or no later spectrum shows that it stays low, no phase before the first drop is named.
 */
export function trainingPhases(training: MeasuredTraining): Phase[] {
  const { drops, lastStep } = training;
  const points = pointsOf(training);
  const reached = drops.filter((drop) => drop <= lastStep);
  const firstEnd = Math.min(reached[0] ?? lastStep, lastStep);
  const before = points.filter(({ step }) => step <= firstEnd);
  const end = endOfFall(before);
  const start = before[0]?.step ?? 0;
  const early: Phase[] =
    end === null
      ? []
      : [
          { kind: 'fast loss of negative curvature', from: start, to: end },
          { kind: 'plateau', from: end, to: firstEnd },
        ];
  return [
    ...early,
    ...reached.map((drop, index): Phase => ({
      kind: 'after a rate drop',
      from: drop,
      to: reached[index + 1] ?? lastStep,
    })),
  ];
}
