'use client';
/** The distances of those of the runs whose spectra are there; they are shared with the densities above. */
import { useMemo } from 'react';
import { useSpectra } from '../query/useSpectra.ts';
import { alignByStep } from './aligned.ts';
import { CompareDistances, type MeasuredRun } from './CompareDistances.tsx';
import type { NamedRun } from './NamedRun.ts';

export interface MeasuredDistancesProps {
  readonly runs: readonly NamedRun[];
  /** Null = none measured. */
  readonly step: number | null;
}

export function MeasuredDistances({ runs, step }: MeasuredDistancesProps) {
  const aligned = useMemo(
    () =>
      alignByStep(
        runs.map(({ run }) => run),
        step ?? 0,
      ),
    [runs, step],
  );
  const { measured } = useSpectra(aligned.map(({ spectrumId }) => spectrumId));
  const found = useMemo(
    () =>
      aligned.flatMap(({ run, spectrumId }): MeasuredRun[] => {
        const named = runs.find(({ id }) => id === run.id);
        const spectrum = measured.get(spectrumId);
        return named && spectrum ? [{ ...named, measured: spectrum }] : [];
      }),
    [aligned, measured, runs],
  );
  if (step === null || found.length < 2) return null;
  return (
    <div className="mt-4">
      <CompareDistances runs={found} step={step} />
    </div>
  );
}
