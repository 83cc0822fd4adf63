/** Rows of a CSV file (RFC 4180) that no spreadsheet takes for more than text and numbers. */
import { stringify } from 'csv-stringify/sync';

/** What makes a spreadsheet take a text for a formula, which may call programs or send the table elsewhere. */
const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Numbers as JSON writes them, so that none loses a digit; lists and objects as JSON. An apostrophe before what would be a formula. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return formula.test(value) ? `'${value}` : value;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

/** The rows, each ended by a line break; what is undefined or null is an empty cell. */
export function csvRows(rows: readonly (readonly unknown[])[]): string {
  return stringify(
    rows.map((row) => row.map(cell)),
    { record_delimiter: 'windows' },
  );
}
