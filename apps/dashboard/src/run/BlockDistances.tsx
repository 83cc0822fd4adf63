'use client';
/** How far the blocks of a network are apart at one step, as a matrix ordered by similarity. */
import { useDeferredValue, useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { DistanceChart, distanceMatrix, formatNumber, type DistanceName } from '@ritz/charts';
import { BlockComparisonDocument, standaloneQuery } from '@ritz/client';
import { apiQuery } from '../data/useApi.ts';
import { Choice } from '../figure/Choice.tsx';
import { Figure } from '../figure/Figure.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import { distanceNames, distanceReadings } from '../figure/distanceWords.ts';
import { densityVariables } from '../figure/useDensityView.ts';
import type { Curvature, Run } from './spectra.ts';
import { useRunDensityView } from './useRunDensityView.ts';

export interface BlockDistancesProps {
  readonly run: Run;
  readonly curvature: Curvature;
  readonly step: number;
}

/** The distances need no curve; the API computes those of the densities on a grid of its own. */
const fewPoints = 256;

const distanceName = parseAsStringLiteral(distanceNames.map(({ value }) => value)).withDefault('jensenShannon');

export function BlockDistances({ run, curvature: { operator, preconditioner }, step }: BlockDistancesProps) {
  const [name, setName] = useQueryState('distance', distanceName);
  const { settings } = useRunDensityView();
  const smoothed = useDeferredValue(settings);
  const variables = {
    id: run.id,
    operator,
    preconditioner,
    step,
    ...densityVariables({ ...smoothed, zoom: null }, fewPoints),
  };
  const { data, error, refetch } = useQuery(apiQuery(BlockComparisonDocument, variables));
  const compared = data?.run?.blockComparison;
  const items = useMemo(
    () =>
      (compared?.entries ?? []).map(({ spectrum }, index) => ({
        id: spectrum.id,
        label: spectrum.block,
        style: index,
      })),
    [compared],
  );
  const matrix = useMemo(() => compared && distanceMatrix(compared.distances[name]), [compared, name]);
  return (
    <Figure
      title={`Distances between the blocks at step ${formatNumber(step)}`}
      help={['blocks', 'wasserstein', 'l1', 'jensenShannon']}
      reading={`${distanceReadings[name]}; the most similar blocks are joined first.`}
      query={standaloneQuery(BlockComparisonDocument, variables)}
      table={() => ({
        columns: ['block', ...items.map(({ label }) => label)],
        rows: items.map(({ label }, row) => [
          label,
          ...items.map((_unused, column) => matrix?.distance[row]?.[column] ?? null),
        ]),
      })}
      controls={
        <Choice
          label="Distance"
          value={name}
          options={distanceNames}
          onChange={(next: DistanceName) => void setName(next)}
        />
      }
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Waiting height={200} />}
      {data && items.length < 2 && <NothingMeasured>Fewer than two blocks were measured at this step.</NothingMeasured>}
      {matrix && items.length > 1 && (
        <div className="overflow-x-auto" role="region" aria-label="Distance matrix" tabIndex={0}>
          <DistanceChart
            label={`Distances between the spectra of ${items.map(({ label }) => label).join(', ')}`}
            matrix={matrix}
            items={items}
          />
        </div>
      )}
    </Figure>
  );
}
