'use client';
/** How the space of the largest eigenvalues turns along the training: overlaps between all pairs of measured steps. */
import { memo, useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { formatNumber, formatShare, matrixMap, MatrixHeatMap, matrixTable, type MatrixCell } from '@ritz/charts';
import { standaloneQuery, TopSpaceOverlapsDocument } from '@ritz/client';
import { ownQuery } from '../data/useApi.ts';
import { Figure } from '../figure/Figure.tsx';
import type { StepView } from '../figure/StepFigure.tsx';
import type { Curvature } from './spectra.ts';

export interface TopSpaceProps {
  readonly id: string;
  readonly curvature: Curvature;
  /** The last measured step. */
  readonly newest: number | undefined;
  readonly view: StepView;
  /** Shows one step, and another behind it. */
  readonly onPickSteps: (step: number, against: number) => void;
}

const nameOf = (step: number): string => `step ${formatNumber(step)}`;

/** Nothing where no overlap is recorded. */
export const TopSpace = memo(function TopSpace({ id, curvature, newest, view, onPickSteps }: TopSpaceProps) {
  const variables = { id, ...curvature };
  const { data } = useQuery(ownQuery(TopSpaceOverlapsDocument, variables, newest));
  const found = data?.run?.topSpaceOverlaps;
  const matrix = useMemo(
    () => found && { rows: found.steps.map(nameOf), steps: found.steps, values: found.overlap },
    [found],
  );
  const map = useMemo(() => matrix && matrixMap(matrix), [matrix]);
  const k = found?.counts.at(-1);
  if (!map || !matrix || k === undefined) return null;
  return (
    <Figure
      title="Overlap of the top spaces"
      help={['topSpace']}
      reading={`How much of the span of the ${formatNumber(k)} leading eigenvectors two steps share; a click shows both spectra.`}
      query={standaloneQuery(TopSpaceOverlapsDocument, variables)}
      table={() => matrixTable(matrix)}
    >
      <MatrixHeatMap
        label={`Overlap of the spans of the ${formatNumber(k)} leading eigenvectors between ${formatNumber(map.steps.length)} steps`}
        map={map}
        title={`‖VᵀV′‖² / K, K = ${String(k)}`}
        stepAxis={view.axis}
        lastStep={view.lastStep}
        currentStep={view.currentStep}
        currentRow={view.currentStep === null ? null : nameOf(view.currentStep)}
        onPick={({ row, step }: MatrixCell) => {
          const other = matrix.steps[matrix.rows.indexOf(row)];
          onPickSteps(step, other ?? step);
        }}
        format={formatShare}
        cursor={view.cursor}
      />
    </Figure>
  );
});
