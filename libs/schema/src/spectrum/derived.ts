/** A statistic of one stored spectrum: computed when it is first asked for, in turn with others, and kept. */
import type { Spectrum } from '@ritz/database';
import type { MeasuredSpectrum } from '@ritz/spectra';
import type { DerivedKey } from '../request/DerivedCache.ts';
import type { RequestContext } from '../request/context.ts';
import { inTurn } from '../request/in-turn.ts';
import { withClientOptions } from '../request/measured-spectrum.ts';

/** A statistic is a handful of numbers. */
const statisticSize = () => 500;

/**
 * @param name of the statistic, with every option it depends on.
 * @throws GraphQLError BAD_USER_INPUT for options that @ritz/spectra refuses.
 */
export function derived<Result>(
  { loaders, cache }: RequestContext,
  spectrum: Spectrum,
  name: DerivedKey,
  compute: (measured: MeasuredSpectrum) => Result,
  sizeOf: (result: Result) => number = statisticSize,
): Promise<Result> {
  return cache.get([spectrum.revision, ...name], sizeOf, async () => {
    const measured = await loaders.measured(spectrum);
    return inTurn(() => withClientOptions(() => compute(measured)));
  });
}
