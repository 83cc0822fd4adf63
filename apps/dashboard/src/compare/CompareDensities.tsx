'use client';
/** The densities of the runs overlaid, each at its measured step nearest to the one chosen. */
import { useMemo } from 'react';
import { DensityChart, densityCurve, densityFigure, figureTable, formatNumber, Legend } from '@ritz/charts';
import { CompareRunsDocument, standaloneQuery } from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { Figure } from '../figure/Figure.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import { SigmaSlider } from '../figure/SigmaSlider.tsx';
import { StepSlider } from '../figure/StepSlider.tsx';
import { useLambdaAxis, useSigma } from '../figure/urlState.ts';
import { COMPARE_POINTS } from '../query/lists.ts';
import { useSpectra } from '../query/useSpectra.ts';
import { alignByStep } from './aligned.ts';
import type { NamedRun } from './NamedRun.ts';

export interface CompareDensitiesProps {
  readonly runs: readonly NamedRun[];
  readonly steps: readonly number[];
  readonly step: number | null;
  readonly onStep: (step: number) => void;
}

const HEIGHT = 400;

export function CompareDensities({ runs, steps, step, onStep }: CompareDensitiesProps) {
  const [sigma, setSigma] = useSigma();
  const [axis, setAxis] = useLambdaAxis();
  const aligned = useMemo(
    () =>
      alignByStep(
        runs.map(({ run }) => run),
        step ?? 0,
      ),
    [runs, step],
  );
  const { measured, error, retry } = useSpectra(aligned.map(({ spectrumId }) => spectrumId));
  const shown = useMemo(() => {
    const curves = aligned.flatMap(({ run, spectrumId, step: own }) => {
      const spectrum = measured.get(spectrumId);
      const named = runs.find(({ id }) => id === run.id);
      if (!spectrum || !named) return [];
      const smoothing = sigma === null ? ({ kind: 'auto' } as const) : ({ kind: 'absolute', sigma } as const);
      const label = own === step ? named.label : `${named.label} (step ${formatNumber(own)})`;
      return [densityCurve(spectrum, smoothing, { id: run.id, label, style: named.style })];
    });
    return { curves, figure: densityFigure(curves, axis) };
  }, [aligned, measured, runs, sigma, axis, step]);

  if (step === null) return <NothingMeasured>No spectrum was measured along these runs.</NothingMeasured>;
  const { curves, figure } = shown;
  const low = Math.min(...curves.map(({ lambda }) => lambda[0] ?? 0));
  const high = Math.max(...curves.map(({ lambda }) => lambda.at(-1) ?? 0));
  return (
    <Figure
      title={`Spectral densities at step ${formatNumber(step)}`}
      heading="h2"
      reading="How the eigenvalues of each run’s Hessian are spread; log scale, with one standard error as a band and single outlying eigenvalues as ticks below the floor. A run that was not measured at this very step shows its nearest one, named in the legend."
      query={standaloneQuery(CompareRunsDocument, { ids: runs.map(({ id }) => id), maxPoints: COMPARE_POINTS })}
      table={() => figureTable('lambda', figure?.series ?? [])}
      controls={
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
          <StepSlider steps={steps} step={step} onChange={onStep} />
          {curves.length > 0 && (
            <SigmaSlider
              sigma={Math.min(...curves.map((curve) => curve.sigma))}
              chosen={sigma}
              range={high - low}
              onChange={(next) => void setSigma(next)}
            />
          )}
          <Choice
            label="λ axis"
            value={axis}
            options={[
              { value: 'symlog', label: 'symlog' },
              { value: 'linear', label: 'linear' },
            ]}
            onChange={(next) => void setAxis(next)}
          />
        </div>
      }
    >
      {error && <Failed error={error} onRetry={retry} />}
      {!error && !figure && <Waiting height={HEIGHT} />}
      {figure && (
        <>
          <Legend series={curves} />
          <DensityChart
            label={`Spectral densities of ${curves.map(({ label }) => label).join(', ')} at step ${String(step)}`}
            figure={figure}
            height={HEIGHT}
          />
        </>
      )}
    </Figure>
  );
}
