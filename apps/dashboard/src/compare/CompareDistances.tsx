'use client';
/** How far the spectra of the runs are apart, as a matrix with like beside like. */
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

const DISTANCES = [
  { value: 'wasserstein1', label: 'Wasserstein-1', title: 'In units of λ; no smoothing takes part' },
  { value: 'l1', label: 'L1', title: 'Of the densities, 0 to 2' },
  { value: 'jensenShannon', label: 'Jensen–Shannon', title: 'Of the densities, 0 to 1' },
] as const satisfies readonly { readonly value: DistanceName; readonly label: string; readonly title: string }[];

const READINGS: Readonly<Record<DistanceName, string>> = {
  wasserstein1:
    'Wasserstein-1 distance in units of λ: how far the mass of one spectrum must move, on average, to become the other. No smoothing takes part.',
  l1: 'L1 distance, ∫ |p − q| of the smoothed densities: 0 where they agree, 2 where they share nothing.',
  jensenShannon: 'Jensen–Shannon distance of the smoothed densities: 0 where they agree, 1 where they share nothing.',
};

const distanceName = parseAsStringLiteral(DISTANCES.map(({ value }) => value)).withDefault('wasserstein1');

function tableOf({ order, distance }: DistanceMatrix, runs: readonly MeasuredRun[]): FigureTable {
  const label = (index: number): string => runs[index]?.label ?? '';
  return {
    columns: ['run', ...order.map(label)],
    rows: order.map((row) => [label(row), ...order.map((column) => distance[row]?.[column] ?? null)]),
  };
}

export function CompareDistances({ target, runs, settings }: CompareDistancesProps) {
  const [name, setName] = useQueryState('distance', distanceName);
  // The densities above follow their controls at once; the matrix as soon as there is time. It is over all eigenvalues.
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
      reading={`${READINGS[name]} The tree above joins the runs that are most alike first; the higher the branch, the greater their distance.`}
      query={comparisonQuery(target, { ...settings, zoom: null })}
      table={() => tableOf(matrix, runs)}
      controls={<Choice label="Distance" value={name} options={DISTANCES} onChange={(next) => void setName(next)} />}
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
