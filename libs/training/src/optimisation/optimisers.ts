/** The kinds of optimisers, one file and one line each, and an optimiser from its description, which is data. */
import type { OptimiserKind } from '@ritz/records';
import { unknownChoice } from '@ritz/spectra';
import { z } from 'zod';
import { TrainingError } from '../error/TrainingError.ts';
import { adagrad } from './adagrad.ts';
import { adam } from './adam.ts';
import { adamw } from './adamw.ts';
import type { Optimiser } from './Optimiser.ts';
import type { OptimiserDefinition } from './OptimiserDefinition.ts';
import { rmsprop } from './rmsprop.ts';
import { sam } from './sam.ts';
import { sgd } from './sgd.ts';

export const optimisers = { sgd, adam, adamw, rmsprop, adagrad, sam } as const satisfies Readonly<
  Record<OptimiserKind, OptimiserDefinition>
>;

/** What a config may say of its optimiser. */
export const optimiserConfig = z.discriminatedUnion('kind', [
  sgd.config,
  adam.config,
  adamw.config,
  rmsprop.config,
  adagrad.config,
  sam.config,
]);

/** A kind and its settings; what is left out has the default. */
export type OptimiserOptions = {
  [Kind in OptimiserKind]: { readonly kind: Kind } & Parameters<(typeof optimisers)[Kind]['create']>[0];
}[OptimiserKind];

/** Throws a TrainingError (BAD_OPTION) that names the setting. `dimension` is n, the length of the parameter vector. */
export function createOptimiser(options: OptimiserOptions, dimension: number): Optimiser {
  if (!Object.hasOwn(optimisers, options.kind)) {
    throw new TrainingError('BAD_OPTION', unknownChoice('optimiser.kind', Object.keys(optimisers), options.kind));
  }
  const { create }: OptimiserDefinition = optimisers[options.kind];
  // The options are those of this kind: the type of a union's member is lost where it is looked up.
  return create(options as never, dimension);
}

/** The optimiser with its settings, as people read it. */
export function describeOptimiser(settings: z.output<typeof optimiserConfig>): string {
  const { describe }: OptimiserDefinition = optimisers[settings.kind];
  return describe(settings as never);
}
