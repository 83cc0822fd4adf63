/** The eigenvalues that stand apart from the bulk of a spectrum. */
import { statistics, topRitzValues, type MeasuredSpectrum, type Outliers as OutliersShape } from '@ritz/spectra';
import { badInput } from '../input/badInput.ts';
import { builder } from '../builder.ts';
import { OutlierRuleKind } from '../types/enums.ts';
import { allRepresentable, finiteOrNull, representable } from '../request/measuredSpectrum.ts';

export const Outliers = builder.objectRef<OutliersShape>('Outliers').implement({
  description: 'The eigenvalues outside the bulk. Eigenvalues are in units of loss per squared parameter.',
  fields: (t) => ({
    lambdaMax: t.float({
      description: 'Largest Ritz value, the median over the probes.',
      resolve: ({ lambdaMax }) => representable(lambdaMax),
    }),
    lambdaMin: t.float({
      description: 'Smallest Ritz value, the median over the probes.',
      resolve: ({ lambdaMin }) => representable(lambdaMin),
    }),
    lambdaK: t.float({
      nullable: true,
      description: 'K-th largest eigenvalue, K = number of classes; null if K is unknown or it was not resolved.',
      resolve: ({ lambdaK }) => finiteOrNull(lambdaK),
    }),
    lambdaKResidual: t.float({
      nullable: true,
      description: statistics.lambdaKResidual.description,
      resolve: ({ lambdaKResidual }) => finiteOrNull(lambdaKResidual),
    }),
    topSum: t.float({
      nullable: true,
      description: statistics.topSum.description,
      resolve: ({ topSum }) => finiteOrNull(topSum),
    }),
    ratio: t.float({
      nullable: true,
      description: 'lambdaMax / lambdaK; null where lambdaK is null or not positive.',
      resolve: ({ ratio }) => finiteOrNull(ratio),
    }),
    count: t.exposeInt('count', {
      nullable: true,
      description: 'Eigenvalues above the bulk edge, each resolved individually; null where residuals were not kept.',
    }),
    bulkEdge: t.float({
      nullable: true,
      resolve: ({ bulkEdge }) => finiteOrNull(bulkEdge),
      description: 'Largest Ritz value of the bulk, above which outliers begin; null where residuals were not kept.',
    }),
    values: t.field({
      type: ['Float'],
      description: 'The outliers, descending.',
      resolve: ({ values }) => allRepresentable(values),
    }),
    residuals: t.field({
      type: ['Float'],
      nullable: { list: false, items: true },
      description: 'For each of `values` the distance within which an eigenvalue is certain; null = not known.',
      resolve: ({ residuals }) => Array.from(residuals, finiteOrNull),
    }),
  }),
});

export const OutlierRuleInput = builder.inputType('OutlierRuleInput', {
  description: 'What counts as an outlier, among the eigenvalues that the probes resolved one by one.',
  fields: (t) => ({
    kind: t.field({ type: OutlierRuleKind, required: true, description: 'The rule.' }),
    threshold: t.float({
      description: 'ABOVE: in units of the eigenvalues. SHARE_OF_LARGEST: between 0 and 1.',
    }),
  }),
});

/** The option of @ritz/spectra, once the spectrum is known. Throws BAD_USER_INPUT for a threshold that makes no sense. */
export function outlierRule(
  rule: typeof OutlierRuleInput.$inferInput | null | undefined,
): (measured: MeasuredSpectrum) => { above?: number } {
  const threshold = rule?.threshold ?? NaN;
  switch (rule?.kind) {
    case undefined:
    case 'RESOLVED':
      return () => ({});
    case 'ABOVE':
      if (Number.isFinite(threshold)) return () => ({ above: threshold });
      throw badInput('rule.threshold: kind ABOVE needs a finite number, in units of the eigenvalues.');
    case 'SHARE_OF_LARGEST':
      if (threshold > 0 && threshold < 1) {
        return (measured) => ({ above: threshold * (topRitzValues(measured, 1)[0]?.value ?? 0) });
      }
      throw badInput('rule.threshold: kind SHARE_OF_LARGEST needs a number between 0 and 1.');
  }
}
