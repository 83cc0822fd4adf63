'use client';
/** A figure of a report: drawn from what is stored now, or from the measurement that it is pinned to. */
import { useState } from 'react';
import Link from 'next/link';
import { useQuery } from '@tanstack/react-query';
import {
  formatNumber,
  formatShare,
  linearScaleFor,
  logScaleFor,
  shareScale,
  StepChart,
  type AxisScale,
  type ChartSeries,
} from '@ritz/charts';
import {
  curvatureOperatorNames,
  preconditionerNames,
  RunTrajectoryDocument,
  type CurvatureOperator,
  type Preconditioner,
  type RunTrajectoryQuery,
} from '@ritz/client';
import { apiQuery } from '../data/useApi.ts';
import { Failed, NothingMeasured, Waiting } from '../figure/FigureState.tsx';
import type { FigureKind, PinnedComment, ReportFigure } from './figureBlock.ts';
import { PinnedDensity } from './PinnedDensity.tsx';

export interface DrawnFigureProps {
  readonly figure: ReportFigure;
  /** Null where no comment may be added. */
  readonly onComment: ((comment: PinnedComment) => void) | null;
}

type Trajectory = NonNullable<RunTrajectoryQuery['run']>['trajectory'];

interface Curve {
  readonly title: string;
  readonly y: string;
  readonly of: (trajectory: Trajectory) => readonly (number | null)[];
  readonly scale: (series: readonly ChartSeries[]) => AxisScale;
  readonly format: (value: number) => string;
}

const height = 300;

const curves: Readonly<Record<Exclude<FigureKind, 'density'>, Curve>> = {
  lambda1: {
    title: 'λ₁ over the steps',
    y: 'λ₁',
    of: ({ lambdaMax }) => lambdaMax,
    scale: logScaleFor,
    format: formatNumber,
  },
  ratio: {
    title: 'λ₁ / λK over the steps',
    y: 'λ₁ / λK',
    of: ({ ratio }) => ratio,
    scale: (series) => linearScaleFor(series, [1]),
    format: formatNumber,
  },
  negativeMass: {
    title: 'Negative mass over the steps',
    y: 'share of eigenvalues',
    of: ({ negativeMass }) => negativeMass,
    scale: shareScale,
    format: formatShare,
  },
};

/** The word of the API for one in a block, such as `gradient-covariance`; `usual` where none is given, null for an unknown one. */
function wordOf<Word extends string>(names: Readonly<Record<Word, string>>, given: string | null, usual: Word): Word | null {
  if (given === null) return usual;
  const word = given.toUpperCase().replaceAll('-', '_');
  return (Object.keys(names) as Word[]).find((one) => one === word) ?? null;
}

export function DrawnFigure({ figure, onComment }: DrawnFigureProps) {
  const operator: CurvatureOperator | null = wordOf(curvatureOperatorNames, figure.operator, 'HESSIAN');
  const preconditioner: Preconditioner | null = wordOf(preconditionerNames, figure.preconditioner, 'NONE');
  if (operator === null || preconditioner === null) {
    const [name, value] = operator === null ? ['operator', figure.operator] : ['preconditioner', figure.preconditioner];
    return (
      <p role="alert" className="my-3 rounded border border-warn px-3 py-2 text-[13px] text-warn">
        Figure: {name}: &ldquo;{value}&rdquo; is unknown.
      </p>
    );
  }
  const of = { operator, block: figure.block ?? 'all', preconditioner };
  return <KnownFigure figure={figure} of={of} onComment={onComment} />;
}

interface KnownFigureProps extends DrawnFigureProps {
  readonly of: { readonly operator: CurvatureOperator; readonly block: string; readonly preconditioner: Preconditioner };
}

function KnownFigure({ figure, of, onComment }: KnownFigureProps) {
  const { kind, run } = figure;
  const { data, error, refetch } = useQuery(apiQuery(RunTrajectoryDocument, { id: run, ...of }));
  const [asked, ask] = useState<number | null>(null);
  const trajectory = data?.run?.trajectory;
  if (error) return <Failed error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting height={height} />;
  if (!trajectory || trajectory.step.length === 0) {
    return <NothingMeasured>{`Run ${run} does not exist, or has no such spectra.`}</NothingMeasured>;
  }
  const link = (
    <Link className="text-accent underline" href={`/runs/${run}`}>
      run
    </Link>
  );
  if (kind === 'density') {
    return (
      <PinnedDensity
        figure={figure}
        of={of}
        steps={trajectory.step}
        link={link}
        asked={asked}
        onAsk={ask}
        onComment={onComment}
      />
    );
  }
  const curve = curves[kind];
  const series: readonly ChartSeries[] = [
    { id: kind, label: curve.y, style: 0, x: trajectory.step, y: curve.of(trajectory) },
  ];
  const last = trajectory.step.at(-1) ?? 0;
  return (
    <figure className="my-4" data-live="true">
      <StepChart
        label={curve.title}
        series={series}
        y={curve.scale(series)}
        yTitle={curve.y}
        stepAxis="log"
        lastStep={last}
        formatY={curve.format}
        height={height}
      />
      <figcaption className="text-[12.5px] text-muted">
        {curve.title} of this {link}, up to step {formatNumber(last)}.
      </figcaption>
    </figure>
  );
}
