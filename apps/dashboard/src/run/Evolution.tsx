'use client';
/** Evolution of the density over the steps, as a heat map or ridgeline. */
import { memo, useDeferredValue, useMemo } from 'react';
import {
  densityPoints,
  evolution,
  evolutionTable,
  formatNumber,
  HeatMap,
  ridgeline,
  RidgelineChart,
  type Domain,
} from '@ritz/charts';
import { RunDensitiesDocument, standaloneQuery } from '@ritz/client';
import { Choice } from '../figure/Choice.tsx';
import { Figure } from '../figure/Figure.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import { Later } from '../figure/Later.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import { useEvolutionKind } from '../figure/urlState.ts';
import { densityVariables, useDensityView } from '../figure/useDensityView.ts';
import { useSpectra } from '../data/useSpectra.ts';
import type { RunSpectrum } from './spectra.ts';

export interface EvolutionProps {
  readonly id: string;
  readonly spectra: ReadonlyMap<number, RunSpectrum>;
  readonly view: StepView;
}

const height = 400;

/** Steps drawn at most: each is fetched with its probes. */
const maxSteps = 120;

/** At most `most` of the items, evenly spread, with both ends. */
function spread<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const indices = Array.from({ length: most }, (_unused, index) =>
    Math.round((index * (items.length - 1)) / (most - 1)),
  );
  return indices.flatMap((index) => items[index] ?? []);
}

function sigmaRange([low, high]: Domain): string {
  return low === high ? formatNumber(low, 3) : `${formatNumber(low, 3)} to ${formatNumber(high, 3)}, each step its own`;
}

export const Evolution = memo(function Evolution({ id, spectra, view }: EvolutionProps) {
  const [kind, setKind] = useEvolutionKind();
  // The density above updates immediately; this figure is deferred.
  const { settings, view: looked } = useDeferredValue(useDensityView());
  const drawn = useMemo(() => spread([...spectra], maxSteps), [spectra]);
  const { measured, error, retry } = useSpectra(drawn.map(([, { id: spectrum }]) => spectrum));
  const complete = measured.size === drawn.length;
  const figure = useMemo(() => {
    if (!complete) return null;
    const ofSteps = drawn.flatMap(([step, spectrum]) => {
      const found = measured.get(spectrum.id);
      return found ? [{ step, measured: found }] : [];
    });
    return evolution(ofSteps, settings, looked.lambda);
  }, [complete, drawn, measured, settings, looked.lambda]);
  const ridges = useMemo(() => figure && kind === 'ridges' && ridgeline(figure, formatNumber), [figure, kind]);
  const label = `Evolution of the density over ${formatNumber(drawn.length)} measured steps`;
  return (
    <Figure
      title="Evolution of the density"
      reading={
        <>
          {kind === 'heat'
            ? 'Each column is one measured step; colour is density (log scale). Thin lines away from the bright bulk are outliers.'
            : 'One density per measured step, log height, first step in front. The step selected above is drawn thicker.'}
          {figure && ` Smoothed with σ = ${sigmaRange(figure.sigma)}.`}
          {drawn.length < spectra.size &&
            ` ${formatNumber(drawn.length)} of ${formatNumber(spectra.size)} measured steps are drawn, evenly spread.`}
          {ridges && ridges.leftOut > 0 && ` ${formatNumber(ridges.leftOut)} steps are omitted.`}
        </>
      }
      query={standaloneQuery(RunDensitiesDocument, {
        id,
        ...densityVariables(settings, densityPoints),
      })}
      table={() => (figure ? evolutionTable(figure) : { columns: ['lambda'], rows: [] })}
      controls={
        <Choice
          label="Show as"
          value={kind}
          options={[
            { value: 'heat', label: 'heat map' },
            { value: 'ridges', label: 'ridgeline' },
          ]}
          onChange={(next) => void setKind(next)}
        />
      }
    >
      {error && <Failed error={error} onRetry={retry} />}
      {!error && !complete && <Waiting height={height} />}
      {complete && !figure && (
        <NothingMeasured>No eigenvalues in this range. Reset the zoom or choose another λ scale.</NothingMeasured>
      )}
      {figure && (
        <Later height={height}>
          {ridges ? (
            <RidgelineChart label={label} figure={ridges} currentStep={view.currentStep} height={height} />
          ) : (
            <HeatMap
              label={label}
              evolution={figure}
              stepAxis={view.axis}
              lastStep={view.lastStep}
              currentStep={view.currentStep}
              onPickStep={view.onPickStep}
              height={height}
            />
          )}
        </Later>
      )}
    </Figure>
  );
});
