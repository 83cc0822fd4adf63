/** Column headers; sortable ones are buttons. */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { runColumns, type Column } from './columns.tsx';
import type { Filters } from './filters.ts';

export interface RunsTableHeadProps {
  readonly filters: Filters;
  readonly onSort: (change: Pick<Filters, 'sort' | 'up'>) => void;
}

const headClass = 'px-2 py-2 font-medium leading-tight';
const columns: readonly Column[] = Object.values(runColumns);

export function RunsTableHead({ filters, onSort }: RunsTableHeadProps) {
  return (
    <thead className="sticky top-0 z-10 bg-sunken text-[12.5px] text-muted">
      <tr>
        <td className={`${headClass} w-9`} />
        {columns.map(({ name, sort, right, title, shown, width }, index) => {
          const sorted = sort !== undefined && sort === filters.sort;
          const Arrow = filters.up ? ArrowUp : ArrowDown;
          return (
            <th
              key={index}
              scope="col"
              title={title}
              className={`${headClass} ${shown} ${width} ${right ? 'text-right' : ''}`}
              {...(sorted ? { 'aria-sort': filters.up ? ('ascending' as const) : ('descending' as const) } : {})}
            >
              {sort === undefined ? (
                name
              ) : (
                <button
                  type="button"
                  className="inline-flex items-center gap-1 hover:text-ink"
                  onClick={() => {
                    onSort({ sort, up: sorted ? !filters.up : sort !== 'CREATED_AT' });
                  }}
                >
                  {name}
                  {sorted && <Arrow className="size-3.5" aria-hidden />}
                </button>
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
