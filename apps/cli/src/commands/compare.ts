/** `ritz compare`: spectra of several runs at the same points of training, as tables or, for programs, as JSON. */
import { CompareSpectraDocument, type Alignment, type CompareSpectraQuery } from '@ritz/client';
import pc from 'picocolors';
import { apiClient } from '../api/apiAddress.ts';
import type { ApiAddress } from '../api/apiOptions.ts';
import { findRun } from '../runs/findRun.ts';
import { formatNumber, renderTable } from '../terminal/table.ts';

export interface CompareOptions extends ApiAddress {
  readonly align: AlignmentName;
  /** In the unit of the alignment. */
  readonly at?: readonly number[];
  /** σ of the Gaussian kernel, in units of the eigenvalues; chosen from the spectra without it. */
  readonly sigma?: number;
  /** Points of the grid that the densities share. */
  readonly points: number;
  readonly json?: boolean;
}

const alignments = { step: 'STEP', epoch: 'EPOCH', loss: 'LOSS', phase: 'LR_PHASE' } as const satisfies Readonly<
  Record<string, Alignment>
>;
export type AlignmentName = keyof typeof alignments;

type Comparison = CompareSpectraQuery['compare'];
type Point = Comparison['points'][number];
type Entry = Point['entries'][number];

/** Throws a CliError for an unknown run, a ClientError when the API does not answer or refuses a query. */
export async function compare(wanted: readonly string[], options: CompareOptions): Promise<void> {
  const client = apiClient(options);
  const ids: string[] = [];
  for (const name of wanted) ids.push(await findRun(client, name));
  const { compare: comparison } = await client.request(CompareSpectraDocument, {
    runs: [...new Set(ids)],
    align: alignments[options.align],
    at: options.at ?? null,
    smoothing: options.sigma === undefined ? null : { kind: 'ABSOLUTE', sigma: options.sigma },
    points: options.points,
  });
  console.log(options.json ? JSON.stringify(comparison, null, 2) : describe(comparison, options.align));
}

function describe(comparison: Comparison, align: AlignmentName): string {
  if (comparison.points.length === 0) return 'None of these runs has a spectrum yet.';
  const parts = comparison.points.map((point) => describePoint(point, comparison, align));
  if (comparison.differingSettings.length > 0) parts.push(settingsTable(comparison));
  return parts.join('\n\n');
}

function describePoint(point: Point, { runs }: Comparison, align: AlignmentName): string {
  const nameOf = (id: string): string => runs.find((run) => run.id === id)?.name ?? id;
  const sigma = point.sigma === null ? '' : `, σ = ${formatNumber(point.sigma)}`;
  const lines = [
    pc.bold(`At ${align} ${formatNumber(point.position)}${sigma}`),
    renderTable(
      ['run', 'step', 'λ1', 'λK', 'λ1/λK', 'λmin', 'outliers', 'negative'],
      point.entries.map((entry) => [nameOf(entry.run.id), ...numbersOf(entry)]),
    ),
  ];
  for (const { name } of point.missing) lines.push(pc.dim(`${name} has no spectrum there.`));
  const { distances, entries } = point;
  if (distances && entries.length > 1) {
    const pairs = entries.flatMap((first, i) =>
      entries.slice(i + 1).map((second, offset) => {
        const at = (matrix: readonly (readonly number[])[]): string => formatNumber(matrix[i]?.[i + 1 + offset]);
        const between = `${nameOf(first.run.id)} – ${nameOf(second.run.id)}`;
        return [between, at(distances.wasserstein1), at(distances.l1), at(distances.jensenShannon)];
      }),
    );
    lines.push('', renderTable(['distance', 'Wasserstein-1', 'L1', 'Jensen–Shannon'], pairs));
  }
  for (const { first, second, field, firstValue, secondValue, consequence } of point.warnings) {
    const values = `${nameOf(first.id)}: ${firstValue.shown}, ${nameOf(second.id)}: ${secondValue.shown}`;
    lines.push(`${pc.yellow('Beware')} ${field} differs (${values}). ${consequence}`);
  }
  return lines.join('\n');
}

function numbersOf({ spectrum: { step, outliers, negativeMass } }: Entry): string[] {
  const { lambdaMax, lambdaK, ratio, lambdaMin, count } = outliers;
  return [
    String(step.number),
    ...[lambdaMax, lambdaK, ratio, lambdaMin, count].map(formatNumber),
    `${(100 * negativeMass.value).toFixed(1)} %`,
  ];
}

function settingsTable({ runs, differingSettings }: Comparison): string {
  const rows = differingSettings.map(({ name, values }) => [name, ...values.map((value) => value?.shown ?? '–')]);
  return renderTable(['differs', ...runs.map(({ name }) => name)], rows);
}
