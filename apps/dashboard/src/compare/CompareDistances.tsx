'use client';
/** Distances between the runs' spectra, as a matrix ordered by similarity. */
import { useDeferredValue, useMemo } from 'react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import {
  DistanceChart,
  distanceMatrices,
  type DensitySettings,
  type DistanceMatrix,
  type FigureTable,
} from '@ritz/charts';
import { Choice } from '../figure/Choice.tsx';
import { distanceNames, distanceReadings } from '../figure/distanceWords.ts';
import { Figure } from '../figure/Figure.tsx';
import type { MeasuredRun } from './NamedRun.ts';
import { comparisonQuery, type ComparisonTarget } from './target.ts';

export interface CompareDistancesProps {
  readonly target: ComparisonTarget;
  readonly runs: readonly MeasuredRun[];
  readonly settings: DensitySettings;
}

const distanceName = parseAsStringLiteral(distanceNames.map(({ value }) => value)).withDefault('wasserstein1');

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
      reading={`${distanceReadings[name]}; the most similar runs are joined first.`}
      help={['wasserstein', 'l1', 'jensenShannon']}
      query={comparisonQuery(target, { ...settings, zoom: null })}
      table={() => tableOf(matrix, runs)}
      controls={
        <Choice label="Distance" value={name} options={distanceNames} onChange={(next) => void setName(next)} />
      }
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
