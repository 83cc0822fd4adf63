/** Operators that become ops of our graph, one table for each family. */
import type { Rules } from '../NodeTranslation.ts';
import { activationRules } from './activation.ts';
import { convolutionRules } from './convolution.ts';
import { elementwiseRules } from './elementwise.ts';
import { matrixRules } from './matrix.ts';
import { normalisationRules } from './normalisation.ts';
import { poolingRules } from './pooling.ts';
import { reductionRules } from './reduction.ts';
import { shapingRules } from './shaping.ts';
import { slicingRules } from './slicing.ts';

export const rules: Rules = {
  ...activationRules,
  ...convolutionRules,
  ...elementwiseRules,
  ...matrixRules,
  ...normalisationRules,
  ...poolingRules,
  ...reductionRules,
  ...shapingRules,
  ...slicingRules,
};
