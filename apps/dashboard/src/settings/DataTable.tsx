/** A small table that scrolls horizontally on narrow screens. */
import type { ReactNode } from 'react';

interface DataColumn {
  readonly name: string;
  readonly right?: boolean;
  readonly title?: string;
}

export interface DataTableProps {
  readonly label: string;
  readonly columns: readonly DataColumn[];
  /** The first cell of each is its header. */
  readonly rows: readonly { readonly key: string; readonly faded?: boolean; readonly cells: readonly ReactNode[] }[];
}

export function DataTable({ label, columns, rows }: DataTableProps) {
  return (
    <div className="overflow-x-auto rounded border border-line" role="group" aria-label={label} tabIndex={0}>
      <table className="number w-full text-[13px]">
        <thead className="bg-sunken text-[12.5px] text-muted">
          <tr>
            {columns.map(({ name, right, title }) => (
              <th
                key={name}
                scope="col"
                title={title}
                className={`px-3 py-2 font-medium whitespace-nowrap ${right ? 'text-right' : ''}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, faded = false, cells }) => (
            <tr key={key} className={`border-t border-line ${faded ? 'text-muted' : ''}`}>
              {cells.map((cell, index) => {
                const look = `px-3 py-1.5 whitespace-nowrap ${columns[index]?.right ? 'text-right' : ''}`;
                return index === 0 ? (
                  <th key={index} scope="row" className={`${look} font-medium`}>
                    {cell}
                  </th>
                ) : (
                  <td key={index} className={look}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
