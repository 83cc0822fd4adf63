'use client';
/** The densities of all operators that were measured at a step on one axis: H, its two parts G and R, and the others. */
import { useMemo } from 'react';
import {
  comparedCurves,
  comparedPoints,
  DensityChart,
  densityFigure,
  densitySeries,
  figureTable,
  formatNumber,
  formatShare,
  Legend,
  spectrumFacts,
  type Cursor,
  type MeasuredSpectrum,
} from '@ritz/charts';
import { curvatureOperatorNames, OperatorsAtStepDocument, standaloneQuery } from '@ritz/client';
import { useSpectra } from '../data/useSpectra.ts';
import { Figure } from '../figure/Figure.tsx';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import { densityVariables } from '../figure/useDensityView.ts';
import { Help } from '../help/Help.tsx';
import { operatorsOf, type Curvature, type Run, type RunSpectrum } from './spectra.ts';
import { useRunDensityView } from './useRunDensityView.ts';

export interface OperatorsProps {
  readonly run: Run;
  readonly curvature: Curvature;
  readonly step: number;
  /** Over λ. */
  readonly cursor: Cursor;
}

const figureHeight = 300;

/** Those of a step, one for each operator, in the order of the selectors. */
export function operatorsAt(run: Run, { block, preconditioner }: Curvature, step: number): RunSpectrum[] {
  const there = run.spectra.filter(
    (one) => one.step.number === step && one.block === block && one.preconditioner === preconditioner,
  );
  return operatorsOf(run).flatMap((operator) => there.find((one) => one.operator === operator) ?? []);
}

export function Operators({ run, curvature, step, cursor }: OperatorsProps) {
  const spectra = useMemo(() => operatorsAt(run, curvature, step), [run, curvature, step]);
  const { settings, view } = useRunDensityView();
  const { measured, error, retry } = useSpectra(spectra.map(({ id }) => id));
  const known = useMemo(
    () =>
      spectra.flatMap(({ id, operator }, style) => {
        const found: MeasuredSpectrum | undefined = measured.get(id);
        return found ? [{ id: operator, label: curvatureOperatorNames[operator], style, measured: found }] : [];
      }),
    [spectra, measured],
  );
  const curves = useMemo(() => comparedCurves(known, settings), [known, settings]);
  const figure = useMemo(() => densityFigure(curves, view), [curves, view]);
  const { block, preconditioner } = curvature;
  // One kernel on one grid, as drawn.
  const [shared] = curves;
  const variables = densityVariables(
    {
      ...settings,
      ...(shared
        ? {
            smoothing: { kind: 'absolute', sigma: shared.sigma } as const,
            zoom: [shared.lambda[0] ?? 0, shared.lambda.at(-1) ?? 0],
          }
        : {}),
    },
    shared?.lambda.length ?? comparedPoints,
  );
  return (
    <Figure
      title={`All operators at step ${formatNumber(step)}`}
      heading="h2"
      help={['operators', 'density', 'trace']}
      reading="The densities of all matrices measured at this step, with one kernel on one axis."
      query={standaloneQuery(OperatorsAtStepDocument, { id: run.id, step, block, preconditioner, ...variables })}
      table={() => figureTable('lambda', curves.map(densitySeries))}
    >
      {error && <Failed error={error} onRetry={retry} />}
      {!error && known.length < spectra.length && <Waiting height={figureHeight} />}
      {known.length === spectra.length && !figure && (
        <NothingMeasured>No eigenvalues in this range. Reset the zoom or choose another λ scale.</NothingMeasured>
      )}
      {known.length === spectra.length && figure && (
        <>
          <Legend series={curves} />
          <DensityChart
            label={`Spectral densities of ${known.map(({ label }) => label).join(', ')} at step ${String(step)}`}
            figure={figure}
            height={figureHeight}
            cursor={cursor}
          />
          <table className="number mt-2 w-full text-[13px]">
            <thead>
              <tr className="text-muted">
                {['Operator', 'λ₁', 'λmin', 'Below 0'].map((name) => (
                  <th key={name} scope="col" className="py-1 font-normal not-first:text-right">
                    {name}
                  </th>
                ))}
                <th scope="col" className="py-1 text-right font-normal">
                  <Help of="trace">Trace</Help>
                </th>
              </tr>
            </thead>
            <tbody>
              {known.map((one) => {
                const facts = spectrumFacts(one.measured, run.classes);
                const { value, standardError } = facts.trace;
                return (
                  <tr key={one.id} className="border-t border-line">
                    <th scope="row" className="py-1 font-normal">
                      {one.label}
                    </th>
                    <td className="text-right">{formatNumber(facts.lambdaMax, 3)}</td>
                    <td className="text-right">{formatNumber(facts.lambdaMin, 3)}</td>
                    <td className="text-right">{formatShare(facts.negativeMass.value)}</td>
                    <td className="text-right">
                      {formatNumber(value, 3)}
                      {standardError !== null && (
                        <span className="text-muted"> ± {formatNumber(standardError, 1)}</span>
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </>
      )}
    </Figure>
  );
}
