/** What is worth a look in a run: that it diverged, that it trains at the edge of stability, that its sharpness jumped. */
import type { HomeRunsQuery } from '@ritz/client';

export type HomeRun = HomeRunsQuery['runs']['nodes'][number];

export type News =
  /** The last logged loss is not finite, or above the first; null: it was not finite. */
  | { readonly kind: 'diverged'; readonly step: number; readonly first: number; readonly loss: number | null }
  | { readonly kind: 'failed'; readonly step: number | null }
  /** `share` = λ₁ / limit. */
  | {
      readonly kind: 'edge';
      readonly step: number;
      readonly lambda1: number;
      readonly limit: number;
      /** Of the limit, in η. */
      readonly formula: string;
      readonly share: number;
    }
  /** Between the last two spectra. */
  | { readonly kind: 'jump'; readonly from: Measured; readonly to: Measured };

interface Measured {
  readonly step: number;
  readonly value: number;
}

/** λ₁ as a share of the limit of its optimiser that is at the edge. */
const edgeFrom = 0.8;
const edgeTo = 1.3;
/** A factor up or down from one spectrum to the next that is told. */
const jumpFactor = 1.5;

function endOf({ status, history }: HomeRun): News | null {
  const logged = history.step.map((step, index) => ({ step, loss: history.trainLoss[index] ?? null }));
  const known = logged.flatMap(({ step, loss }) => (loss === null ? [] : [{ step, loss }]));
  const [first, last] = [known[0], known.at(-1)];
  if (first && last && last.loss > first.loss && last.step > first.step) {
    return { kind: 'diverged', step: last.step, first: first.loss, loss: last.loss };
  }
  return status === 'FAILED' ? { kind: 'failed', step: history.step.at(-1) ?? null } : null;
}

function edgeOf({ stability }: HomeRun): News | null {
  const { formula, lastRatio: share } = stability;
  const [step, lambda1, limit] = [stability.step.at(-1), stability.lambda1.at(-1), stability.limit.at(-1) ?? null];
  if (step === undefined || lambda1 === undefined || limit === null || formula === null || share === null) return null;
  return share >= edgeFrom && share <= edgeTo ? { kind: 'edge', step, lambda1, limit, formula, share } : null;
}

function jumpOf({ trajectory }: HomeRun): News | null {
  const known = trajectory.step.flatMap((step, index): Measured[] => {
    const value = trajectory.lambdaMax[index] ?? null;
    return value !== null && value > 0 ? [{ step, value }] : [];
  });
  const [from, to] = [known.at(-2), known.at(-1)];
  if (!from || !to) return null;
  const factor = to.value / from.value;
  return factor >= jumpFactor || factor <= 1 / jumpFactor ? { kind: 'jump', from, to } : null;
}

/** The most important one; null where nothing stands out. */
export function newsOf(run: HomeRun): News | null {
  return endOf(run) ?? edgeOf(run) ?? jumpOf(run);
}
