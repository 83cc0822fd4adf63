/** From the catalogue of statistics to fields: their arguments, and their values for one stored spectrum. */
import type { Spectrum } from '@ritz/database';
import {
  statistics,
  summaryKey,
  summaryKeys,
  type Estimate,
  type Statistic,
  type StatisticName,
  type StatisticSettings,
} from '@ritz/spectra';
import type { SchemaTypes } from '../builder.ts';
import type { RequestContext } from '../request/context.ts';
import { derived } from './derived.ts';

/** Values of the options of a statistic, as GraphQL has them. */
export type GivenOptions = Readonly<Record<string, number | null | undefined>>;

type FloatArguments = Pick<PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'Arg'>, 'float'>;

/** The options of a statistic as arguments of its field. */
export function optionArguments(name: StatisticName, t: FloatArguments) {
  const options: Statistic['options'] = statistics[name].options;
  return Object.fromEntries(
    Object.entries(options).map(([option, { description, required }]) => [option, t.float({ required, description })]),
  );
}

/** Those of the statistic that have a value. */
export function chosenOptions(name: StatisticName, given: GivenOptions): StatisticSettings {
  const options: Statistic['options'] = statistics[name].options;
  const chosen = Object.keys(options).flatMap((option) => {
    const value = given[option];
    return typeof value === 'number' ? [[option, value] as const] : [];
  });
  return Object.fromEntries(chosen);
}

/**
 * The statistic of a spectrum, null where the spectrum does not have it.
 * @param classes K of lambdaMax / lambdaK, as the run has it; null = unknown, or of no use to this statistic.
 * @throws GraphQLError BAD_USER_INPUT for options outside their range.
 */
export async function estimateOf(
  context: RequestContext,
  spectrum: Spectrum,
  name: StatisticName,
  given: GivenOptions,
  classes: number | null,
): Promise<Estimate | null> {
  const { nullable, estimate }: Statistic = statistics[name];
  const chosen = chosenOptions(name, given);
  const key = summaryKey(name, chosen);
  if (summaryKeys.includes(key)) {
    const stored = (await context.loaders.summaryOfSpectrum.load(spectrum.id))[key];
    // What every spectrum has, but this one does not, is computed again for the error that says why.
    if (stored || nullable) return stored ?? null;
  }
  return derived(context, spectrum, ['statistic', key, classes], (measured) => estimate(measured, chosen, classes));
}
