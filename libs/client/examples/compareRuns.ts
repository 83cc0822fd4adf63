/**
 * Compares stored runs from a program: runs by filter, densities on a common grid, distances between them, and how their largest
 * eigenvalue moved, all as arrays. `compareRuns` is typed throughout; the last lines run it as a program.
 *
 *     RITZ_URL=http://127.0.0.1:4000 node compareRuns.js mnist
 */
import {
  CompareSpectraDocument,
  createClient,
  RunListDocument,
  RunTrajectoriesDocument,
  type Client,
} from '@ritz/client';

export interface ComparedRuns {
  /** In the order of every row below. */
  readonly names: readonly string[];
  /** [P], in units of the eigenvalues. */
  readonly lambda: readonly number[];
  /** [R][P]: share of the eigenvalues per unit of eigenvalue. */
  readonly density: readonly (readonly number[])[];
  /** [R][R]: Wasserstein-1, in units of the eigenvalues. */
  readonly distances: readonly (readonly number[])[];
  /** Of each run: the measured steps, and its largest eigenvalue at each. */
  readonly trajectories: readonly { readonly step: readonly number[]; readonly lambdaMax: readonly number[] }[];
}

/** Runs whose name, architecture, data set, notes or tags hold the words, at the last step that all of them have measured. */
export async function compareRuns(client: Client, search: string, points = 256): Promise<ComparedRuns> {
  const { runs } = await client.request(RunListDocument, { filter: { search, archived: false }, first: 50 });
  const ids = runs.nodes.map(({ id }) => id);
  if (ids.length === 0) throw new Error(`No run mentions "${search}".`);
  const { compare } = await client.request(CompareSpectraDocument, { runs: ids, points });
  const [point] = compare.points;
  if (!point?.distances) throw new Error('None of these runs has a spectrum.');
  const compared = point.entries.map(({ run }) => run.id);
  const courses = await client.request(RunTrajectoriesDocument, { ids: compared, first: compared.length });
  return {
    names: compared.map((id) => compare.runs.find((run) => run.id === id)?.name ?? id),
    lambda: point.lambda,
    density: point.entries.map(({ density }) => density.density),
    distances: point.distances.wasserstein1,
    trajectories: compared.map((id) => {
      const course = courses.runs.nodes.find((run) => run.id === id)?.trajectory;
      return { step: course?.step ?? [], lambdaMax: course?.lambdaMax ?? [] };
    }),
  };
}

const url = process.env['RITZ_URL'] ?? 'http://127.0.0.1:4000';
const client = createClient({ url: `${url}/graphql`, token: process.env['RITZ_TOKEN'] });
console.log(JSON.stringify(await compareRuns(client, process.argv[2] ?? '')));
