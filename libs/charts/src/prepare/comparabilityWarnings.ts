/** Comparability warnings in words. */
import { comparability, type Difference, type MeasurementConditions } from '@ritz/spectra';

export type { MeasurementConditions };

export interface ConditionsOfRun {
  readonly label: string;
  readonly conditions: MeasurementConditions;
}

export interface ComparabilityWarning {
  readonly field: Difference['field'];
  /** The field in words. */
  readonly name: string;
  readonly severity: Difference['severity'];
  readonly consequence: string;
  /** Each value with its runs, that of the first run first. */
  readonly values: readonly { readonly value: string; readonly labels: readonly string[] }[];
}

const names: Readonly<Record<Difference['field'], string>> = {
  operator: 'matrix',
  preconditioner: 'preconditioner',
  block: 'parameter block',
  lossReduction: 'loss reduction',
  weightDecayIncluded: 'weight decay in the loss',
  batchNorm: 'batch norm statistics',
  batchSize: 'mini-batch size',
  dataSize: 'number of examples',
  dataFingerprint: 'examples',
  parameterCount: 'number of parameters',
};

/** One warning per condition that differs from the first run, most severe first. */
export function comparabilityWarnings(runs: readonly ConditionsOfRun[]): ComparabilityWarning[] {
  const [first, ...others] = runs;
  if (!first) return [];
  const byField = new Map<Difference['field'], Difference>();
  for (const { conditions } of others) {
    for (const difference of comparability(first.conditions, conditions).differences) {
      byField.set(difference.field, byField.get(difference.field) ?? difference);
    }
  }
  const grave = (severity: Difference['severity']): number => (severity === 'incomparable' ? 0 : 1);
  return [...byField.values()]
    .sort((a, b) => grave(a.severity) - grave(b.severity))
    .map(({ field, severity, consequence }) => ({
      field,
      name: names[field],
      severity,
      consequence,
      values: valuesOf(runs, field),
    }));
}

function valuesOf(runs: readonly ConditionsOfRun[], field: Difference['field']): ComparabilityWarning['values'] {
  const labels = new Map<string, string[]>();
  for (const { label, conditions } of runs) {
    const value = String(conditions[field]);
    labels.set(value, [...(labels.get(value) ?? []), label]);
  }
  return [...labels].map(([value, found]) => ({ value, labels: found }));
}
