/** A number estimated from random probes, with its uncertainty. */
import type { Estimate as EstimateShape } from '@ritz/spectra';
import { builder } from '../builder.ts';
import { finiteOrNull, representable } from '../request/measuredSpectrum.ts';

export const Estimate = builder.objectRef<EstimateShape>('Estimate').implement({
  description: 'A number estimated from random probes.',
  fields: (t) => ({
    value: t.float({ description: 'Mean over the probes.', resolve: ({ value }) => representable(value) }),
    standardError: t.float({
      nullable: true,
      description: 'Standard error of the mean over the probes, in the unit of `value`; null with a single probe.',
      resolve: ({ standardError }) => finiteOrNull(standardError),
    }),
  }),
});
