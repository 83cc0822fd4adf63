'use client';
/** The training curves of a run. */
import { memo } from 'react';
import { atOwnCadence, formatShare, linearScaleFor, logScaleFor, shareScale, type ChartSeries } from '@ritz/charts';
import { RunHistoryDocument, standaloneQuery, type RunHistoryQuery } from '@ritz/client';
import { StepFigure, type StepView } from '../figure/StepFigure.tsx';
import { historyPoints } from '../data/lists.ts';

export type History = NonNullable<RunHistoryQuery['run']>['history'];

export interface TrainingProps {
  readonly id: string;
  readonly history: History;
  readonly view: StepView;
}

export const Training = memo(function Training({ id, history, view }: TrainingProps) {
  const query = standaloneQuery(RunHistoryDocument, { id, maxPoints: historyPoints });
  const curve = (label: string, style: number, y: readonly (number | null)[]): ChartSeries => ({
    id: label,
    label,
    style,
    ...atOwnCadence(history.step, y),
  });
  const loss = [curve('training', 0, history.trainLoss), curve('test', 1, history.testLoss)];
  const accuracy = [curve('training', 0, history.trainAccuracy), curve('test', 1, history.testAccuracy)];
  const rate = [curve('learning rate', 0, history.learningRate)];
  const norm = [curve('gradient norm', 0, history.gradientNorm)];
  const thinned = history.downsampled
    ? ` ${String(history.step.length)} of ${String(history.totalSteps)} steps are drawn; local extremes are kept.`
    : '';
  const { schedule: _unshaded, ...plain } = view;
  return (
    <>
      <StepFigure
        title="Loss"
        reading={`The training objective (cross-entropy in nats for classifiers); log scale.${thinned}`}
        series={loss}
        y={logScaleFor(loss)}
        yTitle="loss"
        view={view}
        query={query}
      />
      <StepFigure
        title="Accuracy"
        reading="Share of examples classified correctly."
        series={accuracy}
        y={shareScale()}
        yTitle="accuracy"
        view={view}
        query={query}
        formatY={formatShare}
      />
      <StepFigure
        title="Learning rate"
        reading="Learning rate of each step."
        series={rate}
        y={isPositive(rate) ? logScaleFor(rate) : linearScaleFor(rate, [0])}
        yTitle="learning rate"
        view={plain}
        query={query}
        height={220}
      />
      <StepFigure
        title="Gradient norm"
        reading="Euclidean norm of the gradient, ‖g‖; log scale."
        series={norm}
        y={logScaleFor(norm)}
        yTitle="‖g‖"
        view={view}
        query={query}
        height={220}
      />
    </>
  );
});

function isPositive(series: readonly ChartSeries[]): boolean {
  return series.every(({ y }) => y.every((value) => value === null || value > 0));
}
