/** Row that loads more runs of a group. */
import { formatNumber } from '@ritz/charts';
import type { TableRow } from './tableRows.ts';

export interface MoreRowProps {
  readonly row: Extract<TableRow, { readonly kind: 'more' }>;
  /** Chosen columns. */
  readonly columns: number;
  readonly position: number;
  readonly height: number;
}

export function MoreRow({ row: { shown, total, onMore }, columns: chosen, position, height }: MoreRowProps) {
  return (
    <tr className="border-t border-line" aria-rowindex={position} style={{ height }}>
      <td colSpan={13 + chosen} className="px-3 text-[13px] text-muted">
        {onMore ? (
          <button type="button" className="control" onClick={onMore}>
            {formatNumber(shown)} of {formatNumber(total)} runs shown. Load more
          </button>
        ) : (
          'Loading …'
        )}
      </td>
    </tr>
  );
}
