/** A statistic of one stored spectrum: computed when it is first asked for, in turn with others, and kept. */
import type { Spectrum } from '@ritz/database';
import type { MeasuredSpectrum } from '@ritz/spectra';
import type { DerivedKey } from '../request/DerivedCache.ts';
import { BudgetError } from '../request/budget.ts';
import type { RequestContext } from '../request/context.ts';
import { inTurn } from '../request/inTurn.ts';
import { withClientOptions } from '../request/measuredSpectrum.ts';

/** A statistic is a handful of numbers. */
const statisticSize = () => 500;

/**
 * @param name of the statistic, with every option it depends on.
 * @throws GraphQLError BAD_USER_INPUT for options that @ritz/spectra refuses.
 */
export function derived<Result>(
  context: RequestContext,
  spectrum: Spectrum,
  name: DerivedKey,
  compute: (measured: MeasuredSpectrum) => Result,
  sizeOf: (result: Result) => number = statisticSize,
): Promise<Result> {
  const { loaders, budget } = context;
  return kept(context, [spectrum.revision, ...name], sizeOf, async () => {
    const measured = await loaders.measured(spectrum);
    return inTurn(() => {
      budget.check();
      return withClientOptions(() => compute(measured));
    });
  });
}

/** As the cache's own `get`, but for a computation that was begun for another request, which ended: this one begins it again. */
export async function kept<Value>(
  context: RequestContext,
  key: DerivedKey,
  sizeOf: (value: Value) => number,
  compute: () => Promise<Value>,
): Promise<Value> {
  const { cache, budget } = context;
  budget.check();
  try {
    return await cache.get(key, sizeOf, compute);
  } catch (error) {
    if (error instanceof BudgetError && error.budget !== budget) return kept(context, key, sizeOf, compute);
    throw error;
  }
}
