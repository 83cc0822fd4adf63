/** Operators that are computed at once when all their inputs are constants. */
import type { Rules } from '../NodeTranslation.ts';
import { arithmeticFolds } from './arithmetic.ts';
import { indexingFolds } from './indexing.ts';
import { reductionFolds } from './reduction.ts';
import { shapingFolds } from './shaping.ts';

export const foldRules: Rules = { ...arithmeticFolds, ...indexingFolds, ...reductionFolds, ...shapingFolds };
