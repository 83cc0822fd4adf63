/** `ritz runs list`: the stored runs, as a table or as JSON. */
import { RunListDocument, type RunListQuery, type RunStatus } from '@ritz/client';
import pc from 'picocolors';
import { apiClient } from '../api/apiAddress.ts';
import type { ApiAddress } from '../api/apiOptions.ts';
import { formatNumber, renderTable } from '../terminal/table.ts';

export interface ListRunsOptions extends ApiAddress {
  readonly search?: string;
  readonly project?: string;
  readonly status?: Lowercase<RunStatus>;
  /** Maximum number of runs to list. */
  readonly limit: number;
  readonly json?: boolean;
}

type ListedRun = RunListQuery['runs']['nodes'][number];

/** Maximum page size of the API. */
const pageSize = 100;
const header = ['name', 'status', 'project', 'spectra', 'step', 'loss', 'test acc.', 'created', 'id'];

/** Prints the newest runs first. Throws a ClientError when the API does not answer. */
export async function listRuns(options: ListRunsOptions): Promise<void> {
  const { runs, total } = await fetchRuns(options);
  if (options.json) {
    console.log(JSON.stringify(runs, null, 2));
    return;
  }
  if (runs.length === 0) {
    console.log('No matching runs. `ritz demo` measures two.');
    return;
  }
  console.log(renderTable(header, runs.map(row)));
  if (total > runs.length) console.log(pc.dim(`${runs.length} of ${total} runs; --limit shows more.`));
}

async function fetchRuns(options: ListRunsOptions): Promise<{ runs: ListedRun[]; total: number }> {
  const { search, project, status, limit } = options;
  const client = apiClient(options);
  const filter = {
    ...(search !== undefined && { search }),
    ...(project !== undefined && { project }),
    ...(status !== undefined && { status: [status.toUpperCase() as RunStatus] }),
  };
  const found: ListedRun[] = [];
  for (let after: string | null = null; ;) {
    const first = Math.min(pageSize, limit - found.length);
    const { runs }: RunListQuery = await client.request(RunListDocument, { filter, first, after });
    found.push(...runs.nodes);
    after = runs.pageInfo.endCursor;
    if (!runs.pageInfo.hasNextPage || found.length >= limit) return { runs: found, total: runs.totalCount };
  }
}

function row({ id, name, status, project, spectra, history, createdAt }: ListedRun): string[] {
  const accuracy = history.testAccuracy.at(-1);
  return [
    name,
    status.toLowerCase(),
    project.name,
    String(spectra.length),
    formatNumber(history.step.at(-1)),
    formatNumber(history.trainLoss.at(-1)),
    accuracy === null || accuracy === undefined ? '–' : `${(100 * accuracy).toFixed(1)} %`,
    createdAt.slice(0, 16).replace('T', ' '),
    id,
  ];
}
