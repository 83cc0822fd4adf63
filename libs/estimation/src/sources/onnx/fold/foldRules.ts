/** Operators that are computed at once when all their inputs are constants. */
import type { Rules } from '../NodeTranslation.ts';
import { arithmeticFolds } from './arithmetic.ts';
import { shapingFolds } from './shaping.ts';

export const foldRules: Rules = { ...arithmeticFolds, ...shapingFolds };
