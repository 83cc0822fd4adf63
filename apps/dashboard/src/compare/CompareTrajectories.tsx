'use client';
/** Spectral statistics and training curves of the runs, overlaid. */
import { memo } from 'react';
import { CompareRunsDocument, standaloneQuery } from '@ritz/client';
import { StepFigure, type StepView } from '../figure/StepFigure.tsx';
import { comparePoints } from '../data/lists.ts';
import type { Curvature } from '../run/spectra.ts';
import type { NamedRun } from './NamedRun.ts';
import { drawnSeries, type Drawing } from './drawings.ts';
import { quantities } from './quantities.ts';
import { useErrorBounds } from './useErrorBounds.ts';

export interface CompareTrajectoriesProps {
  readonly runs: readonly NamedRun[];
  readonly curvature: Curvature;
  readonly drawing: Drawing;
  readonly view: StepView;
}

/** Error bars of more runs than this would hide the curves. */
const boundsUpTo = 12;

/** Re-renders only when its runs or its view change. */
export const CompareTrajectories = memo(function CompareTrajectories(props: CompareTrajectoriesProps) {
  const { runs, curvature, drawing, view } = props;
  const bounds = useErrorBounds(runs, curvature, drawing === 'runs' && runs.length <= boundsUpTo);
  const ids = runs.map(({ id }) => id);
  const query = standaloneQuery(CompareRunsDocument, { ids, maxPoints: comparePoints, ...curvature });
  return (
    <div className="grid gap-4 lg:grid-cols-2 2xl:grid-cols-3">
      {quantities.map((quantity) => {
        const series = drawnSeries(quantity, runs, drawing, bounds);
        const { name, title, reading, help, yTitle, format, scale } = quantity;
        return (
          <StepFigure
            key={name}
            title={title}
            reading={reading}
            named
            {...(help ? { help } : {})}
            series={series}
            y={scale(series)}
            yTitle={yTitle}
            view={view}
            query={query}
            {...(format ? { formatY: format } : {})}
          />
        );
      })}
    </div>
  );
});
