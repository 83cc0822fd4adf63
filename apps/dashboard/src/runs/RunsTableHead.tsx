/** Column headers; sortable ones are buttons. The first selects all runs that are loaded. */
import type { ReactNode } from 'react';
import { ArrowDown, ArrowUp, CircleHelp } from 'lucide-react';
import { Help } from '../help/Help.tsx';
import { runColumns, type Column } from './columns.tsx';
import type { Filters } from './filters.ts';
import type { ValueColumn } from './valueColumns.ts';

export interface RunsTableHeadProps {
  /** The chosen ones, before the last of the others. */
  readonly columns: readonly ValueColumn[];
  readonly filters: Filters;
  readonly onSort: (change: Pick<Filters, 'sort' | 'up'>) => void;
  /** Of the runs that are loaded. */
  readonly ids: readonly string[];
  readonly selected: ReadonlySet<string>;
  readonly onSelectAll: (ids: readonly string[]) => void;
}

const headClass = 'px-2 py-2 font-medium leading-tight';
/** An address holds no more. */
const mostSelected = 200;

function inOrder(chosen: readonly ValueColumn[]): readonly Column[] {
  const { created, ...before } = runColumns;
  const values = chosen.map(({ key, label, description }): Column => ({
    name: label,
    sort: key,
    right: true,
    title: description,
    shown: '',
    width: 'w-[110px]',
  }));
  return [...Object.values(before), ...values, created];
}

export function RunsTableHead(props: RunsTableHeadProps) {
  const { columns, filters, onSort, ids, selected, onSelectAll } = props;
  const all = ids.length > 0 && ids.slice(0, mostSelected).every((id) => selected.has(id));
  return (
    <thead className="sticky top-0 z-10 bg-sunken text-[12.5px] text-muted">
      <tr>
        <td className={`${headClass} w-9 pl-3!`}>
          <input
            type="checkbox"
            aria-label={`Select all ${String(Math.min(ids.length, mostSelected))} loaded runs`}
            title={ids.length > mostSelected ? `The first ${String(mostSelected)}` : 'All loaded runs'}
            className="block size-4 accent-(--accent)"
            checked={all}
            onChange={() => {
              onSelectAll(all ? [] : ids.slice(0, mostSelected));
            }}
          />
        </td>
        {inOrder(columns).map((column, index) => (
          <HeadCell key={column.sort ?? index} column={column} filters={filters} onSort={onSort} />
        ))}
      </tr>
    </thead>
  );
}

interface HeadCellProps extends Pick<RunsTableHeadProps, 'filters' | 'onSort'> {
  readonly column: Column;
}

/** Words ascend at first, numbers and dates descend. */
const ascending: ReadonlySet<string> = new Set(['NAME', 'ARCHITECTURE', 'DATASET']);

function HeadCell({ column, filters, onSort }: HeadCellProps): ReactNode {
  const { name, sort, right, title, help, shown, width } = column;
  const sorted = sort !== undefined && sort === filters.sort;
  const Arrow = filters.up ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      title={title}
      className={`${headClass} ${shown} ${width} ${right ? 'text-right' : ''}`}
      {...(sorted ? { 'aria-sort': filters.up ? ('ascending' as const) : ('descending' as const) } : {})}
    >
      {help && (
        <Help of={help} label={`Help: ${title ?? help}`} className="mr-1 align-[-2px] text-muted hover:text-ink">
          <CircleHelp className="size-3.5" aria-hidden />
        </Help>
      )}
      {sort === undefined ? (
        name
      ) : (
        <button
          type="button"
          className={`inline-flex items-center gap-1 hover:text-ink ${right ? 'text-right' : 'text-left'}`}
          onClick={() => {
            onSort({ sort, up: sorted ? !filters.up : ascending.has(sort) });
          }}
        >
          <span>{name}</span>
          {sorted && <Arrow className="size-3.5 flex-none" aria-hidden />}
        </button>
      )}
    </th>
  );
}
