/** Operators that become ops of our graph, one table for each family. */
import type { Rules } from '../NodeTranslation.ts';
import { activationRules } from './activation.ts';
import { attentionRules } from './attention.ts';
import { comparisonRules } from './comparison.ts';
import { controlRules } from './control.ts';
import { convolutionRules } from './convolution.ts';
import { einsumRules } from './einsum.ts';
import { elementwiseRules } from './elementwise.ts';
import { indexingRules } from './indexing.ts';
import { lossRules } from './losses.ts';
import { matrixRules } from './matrix.ts';
import { normalisationRules } from './normalisation.ts';
import { orderingRules } from './ordering.ts';
import { poolingRules } from './pooling.ts';
import { recurrentRules } from './recurrent.ts';
import { reductionRules } from './reduction.ts';
import { resizingRules } from './resizing.ts';
import { samplingRules } from './sampling.ts';
import { scatteringRules } from './scattering.ts';
import { sequenceRules } from './sequences.ts';
import { shapingRules } from './shaping.ts';
import { slicingRules } from './slicing.ts';
import { softmaxRules } from './softmax.ts';
import { spectralRules } from './spectral.ts';

export const rules: Rules = {
  ...activationRules,
  ...attentionRules,
  ...comparisonRules,
  ...controlRules,
  ...convolutionRules,
  ...einsumRules,
  ...elementwiseRules,
  ...indexingRules,
  ...lossRules,
  ...matrixRules,
  ...normalisationRules,
  ...orderingRules,
  ...poolingRules,
  ...recurrentRules,
  ...reductionRules,
  ...resizingRules,
  ...samplingRules,
  ...scatteringRules,
  ...sequenceRules,
  ...shapingRules,
  ...slicingRules,
  ...softmaxRules,
  ...spectralRules,
};
