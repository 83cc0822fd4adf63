/** The supported layers, one table per family. */
import type { LayerRules } from '../LayerTranslation.ts';
import { activationRules } from './activation.ts';
import { convolutionRules } from './convolution.ts';
import { coreRules } from './core.ts';
import { mergingRules } from './merging.ts';
import { normalisationRules } from './normalisation.ts';
import { poolingRules } from './pooling.ts';

export const layerRules: LayerRules = {
  ...activationRules,
  ...convolutionRules,
  ...coreRules,
  ...mergingRules,
  ...normalisationRules,
  ...poolingRules,
};
