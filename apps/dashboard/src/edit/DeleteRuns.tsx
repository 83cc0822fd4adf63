'use client';
/** Deletes runs after confirmation; shown to those who may. */
import { formatNumber } from '@ritz/charts';
import { Confirm } from './Confirm.tsx';
import { usePermissions } from './usePermissions.ts';

export interface DeleteRunsProps {
  readonly count: number;
  readonly disabled: boolean;
  readonly onDelete: () => void;
}

export function DeleteRuns({ count, disabled, onDelete }: DeleteRunsProps) {
  const { canDelete } = usePermissions();
  if (!canDelete) return null;
  const one = count === 1;
  return (
    <Confirm
      trigger="Delete"
      title={`Permanently delete ${formatNumber(count)} ${one ? 'run' : 'runs'}?`}
      action="Delete"
      disabled={disabled}
      onConfirm={onDelete}
    >
      <p>
        {one ? 'Its' : 'Their'} steps and spectra are deleted too and cannot be recovered. Archiving keeps{' '}
        {one ? 'it' : 'them'} out of sight instead.
      </p>
    </Confirm>
  );
}
