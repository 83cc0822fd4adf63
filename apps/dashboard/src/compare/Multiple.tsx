'use client';
/** One of the small multiples, titled with its group. */
import { counted, DensityChart, Legend, StepChart } from '@ritz/charts';
import { NothingMeasured } from '../figure/FigureState.tsx';
import { Later } from '../figure/Later.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import type { Multiple as MultipleData } from './multiples.ts';
import type { Quantity } from './quantities.ts';

export interface MultipleProps {
  readonly multiple: MultipleData;
  /** Null for densities. */
  readonly quantity: Quantity | null;
  readonly steps: StepView;
}

const height = 240;

export function Multiple({ multiple, quantity, steps }: MultipleProps) {
  const { name, runs, series } = multiple;
  const label = [name, counted(runs.length, 'run')].filter((part) => part !== '').join(', ');
  const measured = series.filter(({ y }) => y.some((value) => value !== null));
  return (
    <div className="min-w-0" role="group" aria-label={label}>
      <h4 className="ritz-caption mb-1 text-[13px] font-medium">{label}</h4>
      {measured.length === 0 ? (
        <NothingMeasured>{runs.length === 0 ? 'No runs.' : 'Not measured, or outside the axis.'}</NothingMeasured>
      ) : (
        <>
          <Legend series={measured} saved />
          <Later height={height}>
            {multiple.kind === 'density' && multiple.figure && (
              <DensityChart label={`Densities of ${label}`} figure={multiple.figure} height={height} />
            )}
            {multiple.kind === 'steps' && quantity && (
              <StepChart
                label={`${quantity.title} of ${label}`}
                series={measured}
                y={multiple.y}
                yTitle={quantity.yTitle}
                stepAxis={steps.axis}
                lastStep={steps.lastStep}
                currentStep={steps.currentStep}
                onPickStep={steps.onPickStep}
                schedule={(steps.schedule ?? []).filter(({ id }) => runs.some((one) => one.id === id))}
                {...(quantity.format ? { formatY: quantity.format } : {})}
                height={height}
              />
            )}
          </Later>
        </>
      )}
    </div>
  );
}
