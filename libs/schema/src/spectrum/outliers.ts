/** The eigenvalues that stand apart from the bulk of a spectrum. */
import type { Outliers as OutliersShape } from '@ritz/spectra';
import { builder } from '../builder.ts';
import { finiteOrNull } from '../request/measured-spectrum.ts';

export const Outliers = builder.objectRef<OutliersShape>('Outliers').implement({
  description:
    'The eigenvalues that stand apart from the bulk. Eigenvalues are in units of loss per squared parameter.',
  fields: (t) => ({
    lambdaMax: t.exposeFloat('lambdaMax', { description: 'Largest Ritz value, the median over the probes.' }),
    lambdaMin: t.exposeFloat('lambdaMin', { description: 'Smallest Ritz value, the median over the probes.' }),
    lambdaK: t.float({
      nullable: true,
      description: 'K-th largest eigenvalue, K = number of classes; null if K is unknown or it was not resolved.',
      resolve: ({ lambdaK }) => finiteOrNull(lambdaK),
    }),
    ratio: t.float({
      nullable: true,
      description: 'lambdaMax / lambdaK; null where lambdaK is null or not positive.',
      resolve: ({ ratio }) => finiteOrNull(ratio),
    }),
    count: t.exposeInt('count', {
      nullable: true,
      description: 'Eigenvalues above the bulk edge, each resolved by itself; null where residuals were not kept.',
    }),
    bulkEdge: t.exposeFloat('bulkEdge', {
      nullable: true,
      description: 'Largest Ritz value of the bulk, above which outliers begin; null where residuals were not kept.',
    }),
    values: t.field({
      type: ['Float'],
      description: 'The outliers, descending.',
      resolve: ({ values }) => Array.from(values),
    }),
    residuals: t.field({
      type: ['Float'],
      nullable: { list: false, items: true },
      description: 'For each of `values` the distance within which an eigenvalue is certain; null = not known.',
      resolve: ({ residuals }) => Array.from(residuals, finiteOrNull),
    }),
  }),
});
