'use client';
/** Spectral statistics and training curves of the runs, overlaid. */
import { memo } from 'react';
import { CompareRunsDocument, standaloneQuery } from '@ritz/client';
import { StepFigure, type StepView } from '../figure/StepFigure.tsx';
import { comparePoints } from '../data/lists.ts';
import type { NamedRun } from './NamedRun.ts';
import { quantities, seriesOf } from './quantities.ts';
import { useErrorBounds } from './useErrorBounds.ts';

export interface CompareTrajectoriesProps {
  readonly runs: readonly NamedRun[];
  readonly view: StepView;
}

/** Re-renders only when its runs or its view change. */
export const CompareTrajectories = memo(function CompareTrajectories({ runs, view }: CompareTrajectoriesProps) {
  const bounds = useErrorBounds(runs);
  const query = standaloneQuery(CompareRunsDocument, { ids: runs.map(({ id }) => id), maxPoints: comparePoints });
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      {quantities.map((quantity) => {
        const series = seriesOf(quantity, runs, bounds);
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
