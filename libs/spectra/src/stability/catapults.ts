/** Catapults: the loss shoots up while λ1 is at or above its limit, and comes back down at a smaller λ1. */
import { edgeRatio, type EdgePoint } from './edge.ts';

export interface LossPoint {
  readonly step: number;
  readonly loss: number;
}

export interface Catapult {
  /** The logged step with the loss from which it shot up. */
  readonly start: number;
  /** That with the largest loss. */
  readonly peak: number;
  /** The first one at which the loss is back to where it was. */
  readonly end: number;
  /** The largest loss over that at the start. */
  readonly lossRatio: number;
  /** λ1, the largest measured from the last step before the start to the peak, and the first one measured from the end on. */
  readonly lambda1Before: number;
  readonly lambda1After: number;
}

/** What a loss must grow to, as a multiple. */
const leastRise = 1.1;

/**
 * The rises of the loss by a tenth or more that come back to where they began, with λ1 at least (1 − tolerance) of its limit at some
 * measured step from before the start to the peak, and smaller from the end on (after Lewkowycz, Bahri, Dyer, Sohl-Dickstein and
 * Gur-Ari, arXiv 2003.02218). `losses` and `points` ascending by step.
 */
export function catapults(losses: readonly LossPoint[], points: readonly EdgePoint[], tolerance: number): Catapult[] {
  return rises(losses).flatMap((rise) => {
    const before = points.filter(({ step }) => step <= rise.peak);
    const first = before.findLastIndex(({ step }) => step <= rise.start);
    const around = before.slice(Math.max(0, first));
    const after = points.find(({ step }) => step >= rise.end);
    const isAtLimit = around.some((point) => (edgeRatio(point) ?? 0) >= 1 - tolerance);
    const lambda1Before = Math.max(...around.map(({ lambda1 }) => lambda1));
    if (!after || !isAtLimit || after.lambda1 >= lambda1Before) return [];
    return [{ ...rise, lambda1Before, lambda1After: after.lambda1 }];
  });
}

/** Each begins at the smallest loss so far and ends where the loss is back at or below it. */
function rises(losses: readonly LossPoint[]): Pick<Catapult, 'start' | 'peak' | 'end' | 'lossRatio'>[] {
  const found: Pick<Catapult, 'start' | 'peak' | 'end' | 'lossRatio'>[] = [];
  let start: LossPoint | undefined;
  let peak: LossPoint | undefined;
  for (const point of losses) {
    if (!start || !peak || point.loss <= start.loss) {
      if (start && peak && start.loss > 0 && peak.loss >= leastRise * start.loss) {
        found.push({ start: start.step, peak: peak.step, end: point.step, lossRatio: peak.loss / start.loss });
      }
      start = point;
      peak = point;
    } else if (point.loss > peak.loss) {
      peak = point;
    }
  }
  return found;
}
