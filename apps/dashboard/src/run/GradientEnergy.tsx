'use client';
/** Distribution of the gradient's energy over the eigenvalues, on the λ axis of the density. */
import { useCallback, useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  energySeries,
  figureTable,
  formatNumber,
  formatShare,
  Legend,
  shareScale,
  XYChart,
  type AxisScale,
  type Cursor,
  type Domain,
  type MeasuredSpectrum,
} from '@ritz/charts';
import { GradientEnergyDocument, standaloneQuery, type GradientEnergyQuery } from '@ritz/client';
import { Figure } from '../figure/Figure.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import { ownQuery } from '../data/useApi.ts';
import { EnergyNumbers } from './EnergyNumbers.tsx';
import type { Curvature } from './spectra.ts';

export interface GradientEnergyProps {
  readonly id: string;
  readonly curvature: Curvature;
  readonly spectrumId: string;
  /** The last measured step. */
  readonly newest: number | undefined;
  readonly step: number;
  readonly measured: MeasuredSpectrum;
  /** Of the density; null when nothing lies on it. */
  readonly axis: AxisScale | null;
  /** Over λ. */
  readonly cursor: Cursor;
  readonly onZoom: (domain: Domain) => void;
}

const figureHeight = 280;
type Spectra = NonNullable<GradientEnergyQuery['run']>['spectra'];

const gradients = {
  FULL_BATCH: { label: 'full-batch gradient', style: 0 },
  MINI_BATCH: { label: 'mini-batch gradients', style: 1 },
} as const;

const byKind = (a: { readonly gradient: string }, b: { readonly gradient: string }): number =>
  a.gradient.localeCompare(b.gradient);

export function GradientEnergy(props: GradientEnergyProps) {
  const { id, curvature, spectrumId, newest, step, measured, axis, cursor, onZoom } = props;
  const variables = { id, ...curvature };
  const { data, error, refetch } = useQuery(ownQuery(GradientEnergyDocument, variables, newest));
  const spectrum = useMemo(
    () => data?.run?.spectra.find((one: Spectra[number]) => one.id === spectrumId),
    [data, spectrumId],
  );
  const seriesOf = useCallback(
    (merged: boolean) => {
      if (!spectrum || !axis || spectrum.gradientEnergy.length === 0) return [];
      const energies = [...spectrum.gradientEnergy]
        .sort(byKind)
        .map(({ gradient, nodes, weights }) => ({ ...gradients[gradient], nodes, weights }));
      return energySeries(energies, measured, axis, merged);
    },
    [spectrum, axis, measured],
  );
  const series = useMemo(() => seriesOf(true), [seriesOf]);
  return (
    <Figure
      title={`Gradient energy at step ${formatNumber(step)}`}
      heading="h2"
      help={['energy', 'overlap']}
      reading="Cumulative share of ‖g‖² along eigenvectors with eigenvalues up to λ: training moves where a curve climbs."
      query={standaloneQuery(GradientEnergyDocument, variables)}
      table={() => figureTable('lambda', seriesOf(false))}
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Waiting height={figureHeight} />}
      {data && series.length === 0 && (
        <NothingMeasured>
          {axis
            ? 'Gradient energy was not measured at this step. “ritz train” measures it with every spectrum; other programs send it as gradientEnergy.'
            : 'No eigenvalues in this range. Reset the zoom or choose another λ scale.'}
        </NothingMeasured>
      )}
      {series.length > 0 && axis && (
        <>
          <Legend series={series} />
          <XYChart
            label={`Cumulative energy of the gradient over the eigenvalues at step ${String(step)}`}
            series={series}
            x={axis}
            y={shareScale()}
            xTitle="eigenvalue λ"
            yTitle="share of ‖g‖² at eigenvalues up to λ"
            formatY={formatShare}
            height={figureHeight - 24}
            cursor={cursor}
            onZoom={onZoom}
          />
        </>
      )}
      {spectrum && <EnergyNumbers energies={spectrum.gradientEnergy} overlaps={spectrum.gradientOverlap} />}
    </Figure>
  );
}
