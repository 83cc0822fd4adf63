'use client';
/** Actions on the selected runs. */
import Link from 'next/link';
import { formatNumber } from '@ritz/charts';
import { DeleteRuns } from '../edit/DeleteRuns.tsx';
import { EditFault } from '../edit/EditFault.tsx';
import { TagForm } from '../edit/TagForm.tsx';
import { useEdits, type Edit } from '../edit/useEdits.ts';
import { usePermissions } from '../edit/usePermissions.ts';
import { compareAtMost } from '../data/lists.ts';

export interface SelectionBarProps {
  readonly selected: readonly string[];
  /** Whether the table shows archived runs, which can be restored. */
  readonly archived: boolean;
  readonly onClear: () => void;
}

export function SelectionBar({ selected, archived, onClear }: SelectionBarProps) {
  const { apply, busy, error } = useEdits();
  const { canEdit } = usePermissions();
  const count = selected.length;
  if (count === 0) return <p className="text-[13px] text-muted">Select two or more runs to compare them</p>;
  const runs = count === 1 ? 'run' : 'runs';
  const andClear = (edit: Edit): void => {
    void apply(selected, edit).then((done) => {
      if (done) onClear();
    });
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <EditFault error={error} />
      {canEdit && (
        <>
          <TagForm
            label={`Tag for ${String(count)} ${runs}`}
            placeholder="Tag"
            busy={busy}
            onAdd={(tag) => apply(selected, { kind: 'tag', tag })}
            onRemove={(tag) => apply(selected, { kind: 'untag', tag })}
          />
          <button
            type="button"
            className="control"
            disabled={busy}
            onClick={() => {
              andClear({ kind: 'archive', archived: !archived });
            }}
          >
            {archived ? 'Restore' : 'Archive'}
          </button>
        </>
      )}
      <DeleteRuns
        count={count}
        disabled={busy}
        onDelete={() => {
          andClear({ kind: 'delete' });
        }}
      />
      <button type="button" className="control" onClick={onClear}>
        Clear {formatNumber(count)} selected
      </button>
      {count >= 2 &&
        (count <= compareAtMost ? (
          <Link className="control-primary" href={`/compare?runs=${selected.join(',')}`}>
            Compare {formatNumber(count)} runs
          </Link>
        ) : (
          <span className="text-[13px] text-muted">Compare takes {compareAtMost} runs at most</span>
        ))}
    </div>
  );
}
