/** A figure's data as a table. */
import { formatNumber, type FigureTable, type TableCell } from '@ritz/charts';

export interface TableViewProps {
  readonly title: string;
  readonly table: FigureTable;
}

/** Row limit of the table; the CSV has all rows. */
const rows = 500;

function show(cell: TableCell): string {
  return typeof cell === 'string' ? cell : formatNumber(cell, 6);
}

export function TableView({ title, table }: TableViewProps) {
  const shown = table.rows.slice(0, rows);
  return (
    <div
      className="mt-3 max-h-96 overflow-auto rounded border border-line"
      tabIndex={0}
      role="region"
      aria-label={`${title}, as a table`}
    >
      <table className="w-full text-[13px]">
        <thead className="sticky top-0 bg-sunken">
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col" className="px-3 py-1.5 text-right font-medium whitespace-nowrap">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="number">
          {shown.map((row, index) => (
            <tr key={index} className="border-t border-line">
              {row.map((value, column) => (
                <td
                  key={table.columns[column]}
                  className={`px-3 py-1 whitespace-nowrap ${typeof value === 'string' ? 'text-left' : 'text-right'}`}
                >
                  {show(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length < table.rows.length && (
        <p className="border-t border-line px-3 py-2 text-[13px] text-muted">
          The first {formatNumber(rows)} of {formatNumber(table.rows.length)} rows. The CSV has all rows.
        </p>
      )}
    </div>
  );
}
