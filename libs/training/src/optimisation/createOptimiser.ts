/** Makes an optimiser from its description, which is data that can be stored and compared. */
import { optimiserKinds, type OptimiserKind } from '@ritz/records';
import { unknownChoice } from '@ritz/spectra';
import { TrainingError } from '../error/TrainingError.ts';
import { adam, type AdamOptions } from './adam.ts';
import type { Optimiser } from './Optimiser.ts';
import { sgd, type SgdOptions } from './sgd.ts';

/** The settings of each kind of optimiser. */
interface OptionsOfKind extends Readonly<Record<OptimiserKind, object>> {
  readonly sgd: SgdOptions;
  readonly adam: AdamOptions;
}

export type OptimiserOptions = {
  [Kind in OptimiserKind]: { readonly kind: Kind } & OptionsOfKind[Kind];
}[OptimiserKind];

/** Throws a TrainingError (BAD_OPTION) that names the setting. `dimension` is n, the length of the parameter vector. */
export function createOptimiser(options: OptimiserOptions, dimension: number): Optimiser {
  switch (options.kind) {
    case 'sgd':
      return sgd(options, dimension);
    case 'adam':
      return adam(options, dimension);
    default:
      throw unknownOptimiser(options);
  }
}

function unknownOptimiser(options: never): TrainingError {
  const { kind } = options as { readonly kind: unknown };
  return new TrainingError('BAD_OPTION', unknownChoice('optimiser.kind', optimiserKinds, kind));
}
