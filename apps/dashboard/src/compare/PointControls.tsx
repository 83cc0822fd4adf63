'use client';
/** Controls for the point of training at which the runs are compared. */
import { describePoint, type Alignment } from '@ritz/charts';
import { Choice } from '../figure/Choice.tsx';
import { StepSlider } from '../figure/StepSlider.tsx';
import type { AlignmentPoint } from './useAlignmentPoint.ts';

const alignments: readonly { readonly value: Alignment; readonly label: string; readonly title: string }[] = [
  { value: 'STEP', label: 'step', title: 'The same number of optimiser steps' },
  { value: 'PROGRESS', label: 'progress', title: 'The same share of the planned training' },
  { value: 'EPOCH', label: 'epoch', title: 'The same number of passes over the training data' },
  { value: 'LOSS', label: 'loss', title: 'The same training loss' },
  {
    value: 'LR_PHASE',
    label: 'rate phase',
    title: 'The same share of the same phase of the learning-rate schedule: phases end where the rate drops',
  },
];

const matches = [
  { value: 'nearest', label: 'nearest', title: 'Each run at its measured step nearest to this point' },
  { value: 'exact', label: 'exact', title: 'Only runs measured at exactly this point' },
] as const;

export function PointControls({ point }: { readonly point: AlignmentPoint }) {
  const { alignment, exact, positions, position } = point;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Choice label="Align by" value={alignment} options={alignments} onChange={point.setAlignment} />
        <Choice
          label="Measured"
          value={exact ? 'exact' : 'nearest'}
          options={matches}
          onChange={(next) => {
            point.setExact(next === 'exact');
          }}
        />
      </div>
      {position !== null && (
        <StepSlider
          steps={positions}
          step={position}
          onChange={point.setPosition}
          format={(at) => describePoint(alignment, at)}
        />
      )}
    </>
  );
}
