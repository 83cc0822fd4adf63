/** From the catalogue of statistics to fields: their arguments, and their values for one stored spectrum. */
import type { Spectrum } from '@ritz/database';
import { statistics, type Estimate, type Statistic, type StatisticName } from '@ritz/spectra';
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

/**
 * The statistic of a spectrum, null where the spectrum does not have it.
 * @param classes K of lambdaMax / lambdaK; null = unknown.
 * @throws GraphQLError BAD_USER_INPUT for options outside their range.
 */
export function estimateOf(
  context: RequestContext,
  spectrum: Spectrum,
  name: StatisticName,
  given: GivenOptions,
  classes: number | null,
): Promise<Estimate | null> {
  const { options, estimate }: Statistic = statistics[name];
  const chosen = Object.keys(options).flatMap((option) => {
    const value = given[option];
    return typeof value === 'number' ? [[option, value] as const] : [];
  });
  return derived(context, spectrum, ['statistic', name, chosen, classes], (measured) =>
    estimate(measured, Object.fromEntries(chosen), classes),
  );
}
