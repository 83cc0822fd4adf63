/** What a kind of optimiser is made of: everything that differs between them, in one file for each. */
import type { Preconditioner } from '@ritz/records';
import type { z } from 'zod';
import type { Optimiser } from './Optimiser.ts';

export interface OptimiserDefinition {
  /** What a config may say, with every default, and its `kind`. */
  readonly config: z.ZodObject;
  /** What `preconditioner()` returns. */
  readonly preconditioner: Preconditioner;
  /** The optimiser with the settings of a config, as people read it. */
  readonly describe: (settings: never) => string;
  /** Throws a TrainingError (BAD_OPTION) that names the setting. `dimension` is n, the length of the parameter vector. */
  readonly create: (options: never, dimension: number) => Optimiser;
}
