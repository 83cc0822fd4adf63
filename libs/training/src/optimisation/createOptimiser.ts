/** Makes an optimiser from its description, which is data that can be stored and compared. */
import { adam, type AdamOptions } from './adam.ts';
import type { Optimiser } from './Optimiser.ts';
import { sgd, type SgdOptions } from './sgd.ts';

export type OptimiserOptions = ({ readonly kind: 'sgd' } & SgdOptions) | ({ readonly kind: 'adam' } & AdamOptions);

/** Throws a TrainingError (BAD_OPTION) that names the setting. `dimension` is n, the length of the parameter vector. */
export function createOptimiser(options: OptimiserOptions, dimension: number): Optimiser {
  return options.kind === 'sgd' ? sgd(options, dimension) : adam(options, dimension);
}
