/**
 * A run as one table, for spreadsheets and data frames. The column `record` says what a row is: `run`, `step`, `spectrum`,
 * `probe` (a row for each Lanczos step, or each node), `overlap`, `energy` (a row for each Lanczos step) or `finish`; columns that
 * a kind of row does not have are empty.
 */
import type { ExportedLine } from '@ritz/database';
import { csvRows, lineFields } from '@ritz/records';

/** Lists that have rows of their own. */
const expanded = new Set(['probes', 'gradientOverlap', 'gradientEnergy', 'number']);

const columns: readonly string[] = [
  ...new Set([
    ...['record', 'runId', 'id', 'step', 'spectrumId', 'probe', 'position'],
    ...[...lineFields.run, ...lineFields.finish, ...lineFields.step, ...lineFields.spectrum, ...lineFields.overlap],
    ...['alpha', 'beta', 'nodes', 'weights'],
  ]),
].filter((column) => !expanded.has(column));
const known: ReadonlySet<string> = new Set(columns);

type Row = Readonly<Record<string, unknown>>;
type Values = Readonly<Record<string, unknown>>;

/** The header, then the rows of each line. */
export async function* csvOf(lines: AsyncIterable<ExportedLine>): AsyncGenerator<string, void> {
  yield written([Object.fromEntries(columns.map((column) => [column, column]))]);
  for await (const line of lines) yield written(rowsOf(line));
}

function written(rows: readonly Row[]): string {
  return csvRows(rows.map((row) => columns.map((column) => row[column])));
}

function rowsOf({ v: _version, kind, ...values }: ExportedLine): Row[] {
  switch (kind) {
    case 'run':
      return [row('run', { ...values, runId: values['id'] })];
    case 'step': {
      const { number: step, ...rest } = values;
      return [row('step', { ...rest, step })];
    }
    case 'spectrum':
      return spectrumRows(values);
    default:
      return [row(kind, values)];
  }
}

function spectrumRows({ probes, gradientOverlap, gradientEnergy, ...settings }: Values): Row[] {
  const { runId, step, id: spectrumId } = settings;
  const place = { runId, step, spectrumId };
  return [
    row('spectrum', { ...settings, spectrumId }),
    ...listOf(probes).flatMap(({ index: probe, seed, ...lists }) => entries('probe', { ...place, probe, seed }, lists)),
    ...listOf(gradientOverlap).map((overlap) => row('overlap', { ...place, ...overlap })),
    ...listOf(gradientEnergy).flatMap(({ alpha, beta, ...energy }) =>
      entries('energy', { ...place, ...energy }, { alpha, beta }),
    ),
  ];
}

/** A row for each position of the lists, which may differ in length by one. */
function entries(record: string, shared: Values, lists: Values): Row[] {
  const columns = Object.entries(lists).map(
    ([name, list]) => [name, Array.isArray(list) ? (list as unknown[]) : []] as const,
  );
  const length = Math.max(0, ...columns.map(([, list]) => list.length));
  return Array.from({ length }, (_, position) =>
    row(record, { ...shared, position, ...Object.fromEntries(columns.map(([name, list]) => [name, list[position]])) }),
  );
}

/** Throws for a value that has no column: an export that leaves something out must not look complete. */
function row(record: string, values: Values): Row {
  const unknown = Object.keys(values).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Error(`The table has no column for ${unknown} of a ${record}.`);
  return { ...values, record };
}

function listOf(value: unknown): Values[] {
  return Array.isArray(value) ? (value as Values[]) : [];
}
