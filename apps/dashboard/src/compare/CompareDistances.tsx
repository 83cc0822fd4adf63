'use client';
/** How far the spectra of the runs are apart, as a matrix with like beside like. */
import { useMemo } from 'react';
import { distanceMatrix, formatNumber, SeriesMark, type FigureTable, type MeasuredSpectrum } from '@ritz/charts';
import { CompareRunsDocument, standaloneQuery } from '@ritz/client';
import { Figure } from '../figure/Figure.tsx';
import { COMPARE_POINTS } from '../query/lists.ts';
import type { NamedRun } from './NamedRun.ts';

export interface MeasuredRun extends NamedRun {
  readonly measured: MeasuredSpectrum;
}

export interface CompareDistancesProps {
  readonly runs: readonly MeasuredRun[];
  readonly step: number;
}

/** Per cent of the accent colour at the largest distance: the number on it stays readable. */
const DEEPEST = 45;

export function CompareDistances({ runs, step }: CompareDistancesProps) {
  const { order, distance, largest } = useMemo(() => distanceMatrix(runs.map(({ measured }) => measured)), [runs]);
  const ordered = order.flatMap((index) => {
    const run = runs[index];
    return run ? [{ run, index }] : [];
  });
  const table = (): FigureTable => ({
    columns: ['run', ...ordered.map(({ run }) => run.label)],
    rows: ordered.map(({ index }, row) => [row + 1, ...ordered.map((other) => distance[index]?.[other.index] ?? null)]),
  });
  return (
    <Figure
      title={`Distances between the spectra at step ${formatNumber(step)}`}
      reading="Wasserstein-1 distance in units of λ: how far the mass of one spectrum must move, on average, to become the other. No smoothing takes part. Runs that are alike stand beside each other."
      query={standaloneQuery(CompareRunsDocument, { ids: runs.map(({ id }) => id), maxPoints: COMPARE_POINTS })}
      table={table}
    >
      <div className="overflow-x-auto" role="region" aria-label="Distance matrix" tabIndex={0}>
        <table className="number border-separate border-spacing-0.5 text-[12.5px]">
          <thead>
            <tr>
              <td />
              {ordered.map(({ run }, position) => (
                <th key={run.id} scope="col" title={run.label} className="h-8 w-16 text-center font-medium">
                  {position + 1}
                  <span className="sr-only">, {run.label}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ordered.map(({ run, index }, position) => (
              <tr key={run.id}>
                <th scope="row" className="pr-3 font-normal whitespace-nowrap">
                  <span className="inline-flex items-center gap-2">
                    {position + 1} <SeriesMark style={run.style} width={20} /> {run.label}
                  </span>
                </th>
                {ordered.map((other) => {
                  const apart = distance[index]?.[other.index] ?? 0;
                  const share = largest > 0 ? apart / largest : 0;
                  return (
                    <td
                      key={other.run.id}
                      title={`${run.label} – ${other.run.label}: ${formatNumber(apart)}`}
                      className="h-8 w-16 rounded-xs text-center"
                      style={{
                        background: `color-mix(in oklab, var(--accent) ${String(Math.round(DEEPEST * share))}%, var(--surface))`,
                      }}
                    >
                      {other.index === index ? '·' : formatNumber(apart, 2)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Figure>
  );
}
