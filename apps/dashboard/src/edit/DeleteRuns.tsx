'use client';
/** Deletes runs, once it was said twice. */
import { formatNumber } from '@ritz/charts';
import { Confirm } from './Confirm.tsx';

export interface DeleteRunsProps {
  readonly count: number;
  readonly disabled: boolean;
  readonly onDelete: () => void;
}

export function DeleteRuns({ count, disabled, onDelete }: DeleteRunsProps) {
  const one = count === 1;
  return (
    <Confirm
      trigger="Delete"
      title={`Delete ${formatNumber(count)} ${one ? 'run' : 'runs'} for good?`}
      action="Delete"
      disabled={disabled}
      onConfirm={onDelete}
    >
      <p>
        {one ? 'Its' : 'Their'} steps and spectra go too, and cannot be had back. Archiving keeps {one ? 'it' : 'them'}{' '}
        out of sight instead.
      </p>
    </Confirm>
  );
}
