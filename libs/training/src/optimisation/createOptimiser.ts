/** Makes an optimiser from its description, which is data that can be stored and compared. */
import { TrainingError } from '../error/TrainingError.ts';
import { adam, type AdamOptions } from './adam.ts';
import type { Optimiser } from './Optimiser.ts';
import { sgd, type SgdOptions } from './sgd.ts';

export type OptimiserOptions = ({ readonly kind: 'sgd' } & SgdOptions) | ({ readonly kind: 'adam' } & AdamOptions);

/** Throws a TrainingError (BAD_OPTION) that names the setting. `dimension` is n, the length of the parameter vector. */
export function createOptimiser(options: OptimiserOptions, dimension: number): Optimiser {
  switch (options.kind) {
    case 'sgd':
      return sgd(options, dimension);
    case 'adam':
      return adam(options, dimension);
    default:
      return unknownKind(options);
  }
}

/** The compiler refuses this call where a kind has no case above; a caller without types gets the error. */
function unknownKind(options: never): never {
  const { kind } = Object(options) as { readonly kind?: unknown };
  throw new TrainingError('BAD_OPTION', `optimiser.kind: expected sgd or adam, got ${String(kind)}.`);
}
