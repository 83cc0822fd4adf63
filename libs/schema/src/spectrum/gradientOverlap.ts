/** How much of the gradient lies in the space of the leading eigenvectors. */
import type { Overlap } from '@ritz/database';
import { builder } from '../builder.ts';
import { GradientKind } from '../types/enums.ts';

const about = {
  k: 'K, the number of leading Ritz vectors.',
  gradient: 'Which gradient g.',
  fraction: '|P_K g|^2 / |g|^2, 0 to 1.',
};

export const GradientOverlap = builder.objectRef<Overlap>('GradientOverlap').implement({
  description: 'The share of the gradient’s energy in the span of the K leading Ritz vectors.',
  fields: (t) => ({
    k: t.exposeInt('k', { description: about.k }),
    gradient: t.expose('gradient', { type: GradientKind, description: about.gradient }),
    fraction: t.exposeFloat('fraction', { description: about.fraction }),
  }),
});

export const GradientOverlapInput = builder.inputType('GradientOverlapInput', {
  description: 'The share of the gradient’s energy in the span of the K leading Ritz vectors.',
  fields: (t) => ({
    k: t.int({ required: true, description: about.k }),
    gradient: t.field({ type: GradientKind, defaultValue: 'full-batch', description: about.gradient }),
    fraction: t.float({ required: true, description: about.fraction }),
  }),
});
