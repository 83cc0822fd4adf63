/** The eigenvalues that stand apart from the bulk of a spectrum. */
import type { outliers } from '@ritz/spectra';
import { builder } from './builder.ts';
import { finiteOrNull } from './measured-spectrum.ts';

export const Outliers = builder.objectRef<ReturnType<typeof outliers>>('Outliers').implement({
  description:
    'The eigenvalues that stand apart from the bulk. Eigenvalues are in units of loss per squared parameter.',
  fields: (t) => ({
    lambdaMax: t.float({ description: 'Largest Ritz value.', resolve: ({ lambda1 }) => lambda1 }),
    lambdaMin: t.exposeFloat('lambdaMin', { description: 'Smallest Ritz value.' }),
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
    count: t.exposeInt('count', { description: 'Outliers above the bulk edge, with multiplicity.' }),
    bulkEdge: t.exposeFloat('bulkEdge', { description: 'Where the bulk ends and outliers begin.' }),
    values: t.field({
      type: ['Float'],
      description: 'The outliers, descending.',
      resolve: ({ values }) => Array.from(values),
    }),
    residuals: t.field({
      type: ['Float'],
      nullable: { list: false, items: true },
      description: 'Residual norm |H v - lambda v| of each of `values`; null where the probes kept too little to know.',
      resolve: ({ values, residuals }) => Array.from(values, (_, index) => finiteOrNull(residuals?.[index])),
    }),
  }),
});
