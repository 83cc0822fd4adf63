/** A number estimated from random probes, with its uncertainty. */
import type { Estimate as EstimateShape } from '@ritz/spectra';
import { builder } from '../builder.ts';

export const Estimate = builder.objectRef<EstimateShape>('Estimate').implement({
  description: 'A number estimated from random probes.',
  fields: (t) => ({
    value: t.exposeFloat('value', { description: 'Mean over the probes.' }),
    standardError: t.exposeFloat('standardError', {
      nullable: true,
      description: 'Standard error of the mean over the probes, in the unit of `value`; null with a single probe.',
    }),
  }),
});
