'use client';
/** A figure of quantities over optimiser steps, with legend, table and query. */
import type { ReactNode } from 'react';
import {
  drawable,
  figureTable,
  Legend,
  mostLabels,
  stepAxisScale,
  StepChart,
  type AxisScale,
  type ChartSeries,
  type Cursor,
  type Domain,
  type FigureTable,
  type NamedPhase,
  type RateDrop,
  type StepAxis,
} from '@ritz/charts';
import type { TermName } from '../help/terms.ts';
import { Figure } from './Figure.tsx';
import { NothingMeasured } from './FigureState.tsx';
import { Later } from './Later.tsx';

/** Settings shared by all step figures on a page. */
export interface StepView {
  readonly axis: StepAxis;
  readonly lastStep: number;
  /** Steps with a measured spectrum. */
  readonly measuredSteps: readonly number[];
  readonly currentStep: number | null;
  readonly onPickStep: (step: number) => void;
  /** Learning rates, drawn as a shaded strip below the curves. */
  readonly schedule?: readonly ChartSeries[];
  /** Drops of the learning rate, drawn as named lines. */
  readonly drops?: readonly RateDrop[];
  /** Shows the spectra before and after a drop. */
  readonly onPickDrop?: (drop: RateDrop) => void;
  /** The steps that are played; null: all. */
  readonly range?: Domain | null;
  /** Plays a range of steps. */
  readonly onBrush?: (range: Domain) => void;
  /** Of all figures over these steps. */
  readonly cursor?: Cursor;
}

export interface StepFigureProps {
  readonly title: string;
  readonly reading: ReactNode;
  readonly series: readonly ChartSeries[];
  readonly y: AxisScale;
  readonly yTitle: string;
  readonly view: StepView;
  readonly query: string;
  readonly guide?: { readonly value: number; readonly label: string };
  readonly formatY?: (value: number) => string;
  readonly height?: number;
  readonly help?: readonly TermName[];
  /** Names the curves at their ends where there is room, beside the page’s own legend. */
  readonly named?: boolean;
  readonly controls?: ReactNode;
  /** Named along the top. */
  readonly phases?: readonly NamedPhase[];
  /** What a paper says of the figure. */
  readonly caption?: string | undefined;
  /** The table of the CSV, where the curves are thinned. */
  readonly fullTable?: () => Promise<FigureTable>;
}

const figureHeight = 230;

export function StepFigure(props: StepFigureProps) {
  const { title, reading, series, y, yTitle, view, query, help, controls, fullTable } = props;
  const measured = series.filter((one) => one.y.some((value) => value !== null));
  const drawn = drawable(measured, stepAxisScale(view.axis, view.lastStep));
  return (
    <Figure
      title={title}
      reading={
        <>
          {reading} {drawn.note}
        </>
      }
      {...(help ? { help } : {})}
      controls={controls}
      fullTable={fullTable}
      caption={props.caption}
      query={query}
      table={() => figureTable('step', measured)}
    >
      {measured.length === 0 ? (
        <NothingMeasured>Not measured yet.</NothingMeasured>
      ) : (
        <>
          {measured.length > 1 && !(props.named === true && measured.length <= mostLabels) && (
            <Legend series={drawn.series} saved={props.named === true} />
          )}
          <Later height={props.height ?? figureHeight}>
            <StepChart
              label={`${title}: ${drawn.series.map(({ label }) => label).join(', ')}`}
              series={drawn.series}
              y={y}
              yTitle={yTitle}
              stepAxis={view.axis}
              lastStep={view.lastStep}
              measuredSteps={view.measuredSteps}
              currentStep={view.currentStep}
              onPickStep={view.onPickStep}
              cursor={view.cursor}
              named={props.named === true}
              {...(view.schedule ? { schedule: view.schedule } : {})}
              {...(view.drops ? { drops: view.drops } : {})}
              {...(view.onPickDrop ? { onPickDrop: view.onPickDrop } : {})}
              {...(props.phases ? { phases: props.phases } : {})}
              {...(view.range ? { range: view.range } : {})}
              {...(view.onBrush ? { onBrush: view.onBrush } : {})}
              {...(props.guide ? { guide: props.guide } : {})}
              {...(props.formatY ? { formatY: props.formatY } : {})}
              height={props.height ?? figureHeight}
            />
          </Later>
        </>
      )}
    </Figure>
  );
}
