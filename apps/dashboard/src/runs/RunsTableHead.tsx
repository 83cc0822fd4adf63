/** Names of the columns; those that the API can sort by are buttons. */
import type { ReactNode } from 'react';
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { Filters } from './filters.ts';

export interface RunsTableHeadProps {
  readonly filters: Filters;
  readonly onSort: (change: Pick<Filters, 'sort' | 'up'>) => void;
}

const HEAD = 'px-2.5 py-2 font-medium whitespace-nowrap';

interface Column {
  readonly name: ReactNode;
  readonly sort?: Filters['sort'];
  readonly right?: boolean;
  readonly title?: string;
}

const COLUMNS: readonly Column[] = [
  { name: 'Run', sort: 'NAME' },
  { name: 'Status' },
  { name: 'Architecture', sort: 'ARCHITECTURE' },
  { name: 'Data', sort: 'DATASET' },
  { name: 'Learning rate' },
  { name: 'Spectra', right: true },
  { name: 'Training loss', right: true },
  { name: 'Test accuracy', right: true },
  { name: 'λ₁', right: true, title: 'Largest eigenvalue of the Hessian at the last measured step' },
  {
    name: (
      <>
        λ₁ / λ<sub>K</sub>
      </>
    ),
    right: true,
    title: 'Largest over K-th largest eigenvalue, K = classes, at the last measured step',
  },
  { name: 'Created', sort: 'CREATED_AT' },
];

export function RunsTableHead({ filters, onSort }: RunsTableHeadProps) {
  return (
    <thead className="bg-sunken text-[12.5px] text-muted">
      <tr>
        <td className="w-8" />
        {COLUMNS.map(({ name, sort, right, title }, index) => {
          const sorted = sort === filters.sort;
          const Arrow = filters.up ? ArrowUp : ArrowDown;
          return (
            <th
              key={index}
              scope="col"
              title={title}
              className={right ? `${HEAD} text-right` : HEAD}
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
