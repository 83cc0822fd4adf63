'use client';
/** The training curves of a run. */
import { memo } from 'react';
import {
  atOwnCadence,
  figureTable,
  formatNumber,
  formatShare,
  linearScaleFor,
  logScaleFor,
  shareScale,
  type AxisScale,
  type ChartSeries,
  type FigureTable,
} from '@ritz/charts';
import { RunHistoryDocument, standaloneQuery, type RunHistoryQuery } from '@ritz/client';
import { StepFigure, type StepView } from '../figure/StepFigure.tsx';
import { historyPoints, mostHistoryPoints } from '../data/lists.ts';
import { request } from '../data/useApi.ts';

export type History = NonNullable<RunHistoryQuery['run']>['history'];

export interface TrainingProps {
  readonly id: string;
  readonly history: History;
  readonly view: StepView;
}

interface Plot {
  readonly title: string;
  readonly reading: string;
  readonly series: (history: History) => readonly ChartSeries[];
  readonly y: (series: readonly ChartSeries[]) => AxisScale;
  readonly yTitle: string;
  readonly format?: (value: number) => string;
  /** Without the strip of the learning rate. */
  readonly plain?: boolean;
}

function curve({ step }: History, label: string, style: number, y: readonly (number | null)[]): ChartSeries {
  return { id: label, label, style, ...atOwnCadence(step, y) };
}

const isPositive = (series: readonly ChartSeries[]): boolean =>
  series.every(({ y }) => y.every((value) => value === null || value > 0));

const plots: readonly Plot[] = [
  {
    title: 'Loss',
    reading: 'The training objective (cross-entropy in nats for classifiers); log scale.',
    series: (history) => [
      curve(history, 'training', 0, history.trainLoss),
      curve(history, 'test', 1, history.testLoss),
    ],
    y: logScaleFor,
    yTitle: 'loss',
  },
  {
    title: 'Accuracy',
    reading: 'Share of examples classified correctly.',
    series: (history) => [
      curve(history, 'training', 0, history.trainAccuracy),
      curve(history, 'test', 1, history.testAccuracy),
    ],
    y: shareScale,
    yTitle: 'accuracy',
    format: formatShare,
  },
  {
    title: 'Learning rate',
    reading: 'Learning rate of each step.',
    series: (history) => [curve(history, 'learning rate', 0, history.learningRate)],
    y: (series) => (isPositive(series) ? logScaleFor(series) : linearScaleFor(series, [0])),
    yTitle: 'learning rate',
    plain: true,
  },
  {
    title: 'Gradient norm',
    reading: 'Euclidean norm of the gradient, ‖g‖; log scale.',
    series: (history) => [curve(history, 'gradient norm', 0, history.gradientNorm)],
    y: logScaleFor,
    yTitle: '‖g‖',
  },
];

/** The curves with every logged step. Throws an Error where the API gives no more than a part of them. */
async function fullTable(id: string, { series }: Plot): Promise<FigureTable> {
  const { run } = await request(RunHistoryDocument, { id, maxPoints: mostHistoryPoints });
  if (!run) throw new Error('This run no longer exists.');
  if (run.history.downsampled) {
    throw new Error(
      `This run has ${formatNumber(run.history.totalSteps)} steps, more than one answer holds. Save it with “ritz export”.`,
    );
  }
  return figureTable('step', measuredOf(series(run.history)));
}

function measuredOf(series: readonly ChartSeries[]): readonly ChartSeries[] {
  return series.filter(({ y }) => y.some((value) => value !== null));
}

export const Training = memo(function Training({ id, history, view }: TrainingProps) {
  const query = standaloneQuery(RunHistoryDocument, { id, maxPoints: historyPoints });
  const thinned = history.downsampled
    ? ` ${formatNumber(history.step.length)} of ${formatNumber(history.totalSteps)} steps are drawn; the CSV has all.`
    : '';
  const { schedule: _unshaded, ...plain } = view;
  return plots.map((plot) => {
    const { title, reading, y, yTitle, format } = plot;
    const series = plot.series(history);
    return (
      <StepFigure
        key={title}
        title={title}
        reading={`${reading}${thinned}`}
        series={series}
        y={y(series)}
        yTitle={yTitle}
        view={plot.plain ? plain : view}
        query={query}
        {...(format ? { formatY: format } : {})}
        {...(history.downsampled ? { fullTable: () => fullTable(id, plot) } : {})}
      />
    );
  });
});
