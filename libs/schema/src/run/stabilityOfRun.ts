/** The stability limit of a run's optimiser, from what was recorded of it. */
import type { Run } from '@ritz/database';
import { updateRuleOf, type StepMeasure, type StepValues } from '@ritz/records';
import { stabilityLimit, type StabilityLimit } from '@ritz/spectra';
import type { Curves } from '../request/loaders.ts';

/** `limit` or `reason` is null. */
export interface RunStability {
  readonly limit: StabilityLimit | null;
  /** Why there is no limit. */
  readonly reason: string | null;
  /** What was not recorded of the optimiser, and was taken to be as usual. */
  readonly assumed: readonly string[];
}

export const limitDescription =
  'The eigenvalue above which full-batch updates of the optimiser diverge on a quadratic: 2/eta of gradient descent, ' +
  '(2 + 2 beta)/eta with momentum, (2 + 2 beta1)/((1 - beta1) eta) of Adam for the preconditioned Hessian; weight decay is counted ' +
  'in. null where the rate was not logged or the optimiser has no known limit: `Run.stability` says why.';

/** What a limit depends on beside the optimiser. */
export const limitMeasures = ['learningRate', 'gradientNorm'] as const satisfies readonly StepMeasure[];

export function stabilityOf(run: Run): RunStability {
  const recorded = updateRuleOf(run);
  if ('reason' in recorded) return { limit: null, reason: recorded.reason, assumed: [] };
  const limit = stabilityLimit(recorded.rule);
  const { assumed } = recorded;
  return 'reason' in limit ? { limit: null, reason: limit.reason, assumed } : { limit, reason: null, assumed };
}

type LimitValues = Pick<StepValues, (typeof limitMeasures)[number]> & { readonly number: number };

/** Null where the rate was not logged. */
export function limitAt(
  limit: StabilityLimit,
  { number: step, learningRate, gradientNorm }: LimitValues,
): number | null {
  return learningRate === null ? null : limit.at({ step, rate: learningRate, gradientNorm });
}

/** At each step of columns that have `limitMeasures`. */
export function limitsOf(
  limit: StabilityLimit,
  { number: numbers, learningRate, gradientNorm }: Curves,
): (number | null)[] {
  return numbers.map((number, at) =>
    limitAt(limit, { number, learningRate: learningRate?.[at] ?? null, gradientNorm: gradientNorm?.[at] ?? null }),
  );
}
