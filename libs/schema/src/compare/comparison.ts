/** Several runs side by side at the same moments of their trainings. */
import type { Run as RunRow } from '@ritz/database';
import { constantOf, type Json } from '@ritz/records';
import {
  comparability,
  type Alignment as AlignmentName,
  type Density as DensityShape,
  type Difference,
  type SpectraComparison,
} from '@ritz/spectra';
import { builder } from '../builder.ts';
import { allRepresentable, finiteOrNull, representable } from '../request/measuredSpectrum.ts';
import { Density } from '../spectrum/density.ts';
import { Alignment, ComparabilityField, ComparabilitySeverity } from '../types/enums.ts';
import { Run, Spectrum } from '../types/refs.ts';
import { DifferingSetting, type DifferenceShape } from './differingSettings.ts';
import type { EntryShape, PointComparison } from './points.ts';
import { failsAlone, itemsFailAlone } from '../types/semanticNonNull.ts';
import { deprecatedFor } from '../types/deprecated.ts';
import { SettingValue, shownValue } from '../types/settingValue.ts';

export interface PointShape {
  readonly position: number;
  readonly entries: readonly EntryShape[];
  readonly missing: readonly RunRow[];
  /** Computed when requested. */
  readonly comparison: () => Promise<PointComparison | null>;
}

export interface ComparisonShape {
  readonly alignment: AlignmentName;
  readonly runs: readonly RunRow[];
  readonly settings: readonly DifferenceShape[];
  readonly points: readonly PointShape[];
}

interface WarningShape extends Difference {
  readonly runs: readonly [RunRow, RunRow];
}

/** Closed choices read as the constants of the schema. */
function valueOf(field: Difference['field'], value: Difference['first']): Json {
  switch (field) {
    case 'operator':
    case 'preconditioner':
    case 'lossReduction':
    case 'batchNorm':
      return constantOf(String(value));
    case 'block':
    case 'weightDecayIncluded':
    case 'dataSize':
    case 'batchSize':
    case 'dataFingerprint':
    case 'parameterCount':
      return value;
  }
}

const ComparabilityWarning = builder.objectRef<WarningShape>('ComparabilityWarning').implement({
  description: 'A difference in how two spectra were measured, which plays a part in how they differ.',
  fields: (t) => ({
    first: t.field({ type: Run, description: 'One of the two runs.', resolve: ({ runs }) => runs[0] }),
    second: t.field({ type: Run, description: 'The other run.', resolve: ({ runs }) => runs[1] }),
    difference: t.expose('field', { type: ComparabilityField, description: 'What differs.' }),
    firstTypedValue: t.field({
      type: SettingValue,
      description: 'Its value for `first`.',
      resolve: ({ field, first }) => ({ value: valueOf(field, first) }),
    }),
    secondTypedValue: t.field({
      type: SettingValue,
      description: 'Its value for `second`.',
      resolve: ({ field, second }) => ({ value: valueOf(field, second) }),
    }),
    field: t.exposeString('field', { description: 'What differs, as the name of the field of Spectrum.' }),
    firstValue: t.string({
      description: 'Its value for `first`.',
      deprecationReason: deprecatedFor('firstTypedValue', 'which keeps the type of the value'),
      resolve: ({ field, first }) => shownValue(valueOf(field, first)),
    }),
    secondValue: t.string({
      description: 'Its value for `second`.',
      deprecationReason: deprecatedFor('secondTypedValue', 'which keeps the type of the value'),
      resolve: ({ field, second }) => shownValue(valueOf(field, second)),
    }),
    severity: t.expose('severity', { type: ComparabilitySeverity, description: 'How much it matters.' }),
    consequence: t.exposeString('consequence', {
      description: 'What the difference does to the eigenvalues, and what can be done.',
    }),
  }),
});

interface DenseEntry extends EntryShape {
  readonly density: () => Promise<DensityShape>;
}

/** Each entry with its density of the comparison. */
export function withDensities(
  entries: readonly EntryShape[],
  comparison: () => Promise<PointComparison | null>,
): DenseEntry[] {
  return entries.map((entry, at) => ({
    ...entry,
    density: async () => {
      const found = await comparison();
      const place = found?.places[at];
      if (place?.fault) throw place.fault;
      const density = place && found.densities[place.at];
      if (!density) throw new Error('An entry has no density.');
      return density;
    },
  }));
}

/** Null without entries. @throws GraphQLError NOT_COMPUTABLE where one of them was left out. */
export function distancesOf(found: PointComparison | null): PointComparison | null {
  const left = found?.places.find(({ fault }) => fault);
  if (left?.fault) throw left.fault;
  return found;
}

export const ComparisonEntry = builder.objectRef<DenseEntry>('ComparisonEntry').implement({
  description: 'The spectrum of one of the compared runs that stands at a position, or of a block at a step.',
  fields: (t) => ({
    run: t.expose('run', { type: Run, description: 'The run.' }),
    spectrum: t.expose('spectrum', { type: Spectrum, description: 'Its spectrum nearest to the position.' }),
    position: t.exposeFloat('position', { description: 'Where that spectrum really stands.' }),
    density: t.field({
      type: Density,
      ...failsAlone,
      description: 'Its density on the grid and with the kernel that all entries of the point share.',
      resolve: ({ density }) => density(),
    }),
  }),
});

export const DistanceMatrix = builder.objectRef<SpectraComparison>('DistanceMatrix').implement({
  description:
    'Distances between all entries of a point: entry [i][j] is that of i and j. Symmetric, 0 on the diagonal.',
  fields: (t) => ({
    wasserstein1: t.field({
      type: t.listRef(t.listRef('Float')),
      description:
        'Wasserstein-1 distance, in units of the eigenvalues: exact on the weighted Ritz values, no smoothing.',
      resolve: (comparison) => comparison.wasserstein1.map((row) => row.map(representable)),
    }),
    l1: t.field({
      type: t.listRef(t.listRef('Float')),
      description: 'Integral of the absolute difference of the densities, 0 to 2.',
      resolve: ({ l1 }) => l1.map((row) => row.map(representable)),
    }),
    jensenShannon: t.field({
      type: t.listRef(t.listRef('Float')),
      description: 'Jensen-Shannon distance of the densities to base 2, 0 to 1.',
      resolve: ({ jensenShannon }) => jensenShannon.map((row) => row.map(representable)),
    }),
  }),
});

const ComparisonPoint = builder.objectRef<PointShape>('ComparisonPoint').implement({
  description: 'The spectra of the compared runs that stand at one position, on one grid and with one kernel.',
  fields: (t) => ({
    position: t.exposeFloat('position', { description: 'The position, in the unit of the alignment.' }),
    entries: t.field({
      type: [ComparisonEntry],
      ...itemsFailAlone,
      description: 'The runs that have a spectrum there, in the order of `Comparison.runs`.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ entries, comparison }) => withDensities(entries, comparison),
    }),
    missing: t.field({
      type: [Run],
      ...itemsFailAlone,
      description: 'The runs that have no spectrum there.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ missing }) => [...missing],
    }),
    lambda: t.field({
      type: ['Float'],
      ...failsAlone,
      description: 'The grid that all densities share, ascending, in units of the eigenvalues; empty without entries.',
      resolve: async ({ comparison }) => allRepresentable((await comparison())?.lambda ?? new Float64Array()),
    }),
    sigma: t.float({
      nullable: true,
      description: 'Standard deviation of the kernel that all densities share; null without entries.',
      resolve: async ({ comparison }) => finiteOrNull((await comparison())?.sigma),
    }),
    distances: t.field({
      type: DistanceMatrix,
      nullable: true,
      description: 'Distances between the entries, in their order; null without entries.',
      resolve: async ({ comparison }) => distancesOf(await comparison()),
    }),
    warnings: t.field({
      type: [ComparabilityWarning],
      description: 'Differences in how the entries were measured, between the first of them and each of the others.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ entries: [first, ...others] }) =>
        first
          ? others.flatMap((other) =>
              comparability(first.spectrum, other.spectrum).differences.map((difference) => ({
                ...difference,
                runs: [first.run, other.run] as const,
              })),
            )
          : [],
    }),
  }),
});

export const Comparison = builder.objectRef<ComparisonShape>('Comparison').implement({
  description: 'Several runs side by side at the same moments of their trainings.',
  fields: (t) => ({
    alignment: t.expose('alignment', { type: Alignment, description: 'How points of the runs are matched.' }),
    runs: t.field({
      type: [Run],
      ...itemsFailAlone,
      description: 'The runs in the requested order, each once.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ runs }) => [...runs],
    }),
    differingSettings: t.field({
      type: [DifferingSetting],
      description: 'The settings in which the runs differ, and only those.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ settings }) => [...settings],
    }),
    points: t.field({
      type: [ComparisonPoint],
      ...itemsFailAlone,
      description: 'One for each position, in the requested order; empty if nothing was measured.',
      complexity: { field: 1, multiplier: 1 },
      resolve: ({ points }) => [...points],
    }),
  }),
});
