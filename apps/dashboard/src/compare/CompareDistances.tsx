'use client';
/** Distances between the runs' spectra, as a matrix ordered by similarity. */
import { useDeferredValue, useMemo } from 'react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import {
  DistanceChart,
  distanceMatrices,
  type DensitySettings,
  type DistanceMatrix,
  type DistanceName,
  type FigureTable,
} from '@ritz/charts';
import { Choice } from '../figure/Choice.tsx';
import { Figure } from '../figure/Figure.tsx';
import type { MeasuredRun } from './NamedRun.ts';
import { comparisonQuery, type ComparisonTarget } from './target.ts';

export interface CompareDistancesProps {
  readonly target: ComparisonTarget;
  readonly runs: readonly MeasuredRun[];
  readonly settings: DensitySettings;
}

const distances = [
  { value: 'wasserstein1', label: 'Wasserstein-1', title: 'In units of λ; independent of smoothing' },
  { value: 'l1', label: 'L1', title: 'Of the densities; from 0 to 2' },
  { value: 'jensenShannon', label: 'Jensen–Shannon', title: 'Of the densities; from 0 to 1' },
] as const satisfies readonly { readonly value: DistanceName; readonly label: string; readonly title: string }[];

const readings: Readonly<Record<DistanceName, string>> = {
  wasserstein1: 'Wasserstein-1 distance in units of λ',
  l1: 'L1 distance of the smoothed densities, 0 to 2',
  jensenShannon: 'Jensen–Shannon distance of the smoothed densities, 0 to 1',
};

const distanceName = parseAsStringLiteral(distances.map(({ value }) => value)).withDefault('wasserstein1');

function tableOf({ order, distance }: DistanceMatrix, runs: readonly MeasuredRun[]): FigureTable {
  const label = (index: number): string => runs[index]?.label ?? '';
  return {
    columns: ['run', ...order.map(label)],
    rows: order.map((row) => [label(row), ...order.map((column) => distance[row]?.[column] ?? null)]),
  };
}

export function CompareDistances({ target, runs, settings }: CompareDistancesProps) {
  const [name, setName] = useQueryState('distance', distanceName);
  // The densities above update immediately; the matrix, over all eigenvalues, is deferred.
  const { smoothing, kernel } = useDeferredValue(settings);
  const matrices = useMemo(
    () =>
      distanceMatrices(
        runs.map(({ measured }) => measured),
        { smoothing, kernel },
      ),
    [runs, smoothing, kernel],
  );
  const matrix = matrices[name];
  return (
    <Figure
      title={`Distances between the spectra at ${target.name}`}
      reading={`${readings[name]}; the most similar runs are joined first.`}
      help={['wasserstein', 'l1', 'jensenShannon']}
      query={comparisonQuery(target, { ...settings, zoom: null })}
      table={() => tableOf(matrix, runs)}
      controls={<Choice label="Distance" value={name} options={distances} onChange={(next) => void setName(next)} />}
    >
      <div className="overflow-x-auto" role="region" aria-label="Distance matrix" tabIndex={0}>
        <DistanceChart
          label={`Distances between the spectra of ${runs.map(({ label }) => label).join(', ')}`}
          matrix={matrix}
          items={runs}
        />
      </div>
    </Figure>
  );
}
