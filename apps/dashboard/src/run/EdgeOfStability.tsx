'use client';
/** How near a training is to the limit of its optimiser: λ₁ and the curvature along gradient and update, as shares of it. */
import { memo, useMemo } from 'react';
import { formatNumber, formatShare, linearScaleFor, type ChartSeries } from '@ritz/charts';
import { preconditionerNames } from '@ritz/client';
import { Figure } from '../figure/Figure.tsx';
import { NothingMeasured } from '../figure/FigureState.tsx';
import { StepFigure, type StepView } from '../figure/StepFigure.tsx';
import { SpectrumWarnings } from './SpectrumWarnings.tsx';
import type { RunStability } from './useStability.ts';

export interface EdgeOfStabilityProps {
  readonly found: RunStability;
  readonly view: StepView;
}

const title = 'Edge of stability';

/** Values of `over` as shares of the limit at the same step; null where either is unknown. */
function shares(values: readonly (number | null)[], limit: readonly (number | null)[]): (number | null)[] {
  return values.map((value, index) => {
    const bound = limit[index] ?? null;
    return value === null || bound === null || bound <= 0 ? null : value / bound;
  });
}

function curvesOf({ stability, history }: RunStability): ChartSeries[] {
  const { step, ratio, residual, limit, preconditioner } = stability;
  const end = (sign: number): (number | null)[] =>
    ratio.map((value, index) => {
      const [error, bound] = [residual[index] ?? null, limit[index] ?? null];
      return value === null || error === null || bound === null ? null : value + (sign * error) / bound;
    });
  const along = (label: string, style: number, values: readonly (number | null)[]): ChartSeries => ({
    id: label,
    label,
    style,
    x: history.step,
    y: shares(values, history.stabilityLimit),
  });
  const name = preconditioner === 'NONE' ? 'λ₁' : `λ₁ preconditioned by ${preconditionerNames[preconditioner]}`;
  return [
    { id: 'λ₁', label: name, style: 0, x: step, y: ratio, lower: end(-1), upper: end(1) },
    // The curvature along gradient and update is of the Hessian itself, as the limit of a preconditioned one is not.
    ...(preconditioner === 'NONE'
      ? [
          along('along the gradient', 1, history.gradientCurvature),
          along('along the update', 2, history.updateCurvature),
        ].filter(({ y }) => y.some((value) => value !== null))
      : []),
  ];
}

/** `On the edge at 62 % of 40 measured steps, first at step 300; at most 1.12 × the limit 2/η.` */
function sentenceOf({ stability }: RunStability): string {
  const { formula, onset, shareOnEdge, shareBeyond, largestRatio, lastRatio, step, catapults } = stability;
  if (lastRatio === null) return 'No measured step has a limit.';
  const steps = `${formatNumber(step.length)} measured steps`;
  const where =
    onset === null
      ? `Below the edge at all ${steps}`
      : `On the edge at ${formatShare(shareOnEdge)} and beyond it at ${formatShare(shareBeyond)} of ${steps}, first at step ${formatNumber(onset)}`;
  const thrown = catapults.length === 0 ? '' : `; catapults: ${formatNumber(catapults.length)}`;
  return `${where}; at most ${formatNumber(largestRatio, 3)} × the limit ${formula ?? ''}${thrown}.`;
}

export const EdgeOfStability = memo(function EdgeOfStability({ found, view }: EdgeOfStabilityProps) {
  const { stability, query } = found;
  const series = useMemo(() => curvesOf(found), [found]);
  if (stability.formula === null) {
    return (
      <Figure
        title={title}
        help={['edge', 'stability']}
        reading="Sharpness as a share of the optimiser’s limit."
        query={query}
        table={() => ({ columns: ['step'], rows: [] })}
        hasPicture={false}
      >
        <NothingMeasured>{stability.reason ?? 'The optimiser has no known limit.'}</NothingMeasured>
      </Figure>
    );
  }
  return (
    <StepFigure
      title={title}
      help={['edge', 'stability', 'catapult']}
      reading={sentenceOf(found)}
      series={series}
      y={linearScaleFor(series, [0, 1])}
      yTitle="share of the limit"
      view={view}
      guide={{ value: 1, label: 'limit' }}
      query={query}
      controls={
        stability.warnings.length > 0 && (
          <SpectrumWarnings label="Warnings of the limit" warnings={stability.warnings} />
        )
      }
    />
  );
});
