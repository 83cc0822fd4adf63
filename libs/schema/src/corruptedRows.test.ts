/** A row that something damaged takes itself out of an answer, and is named; the rest arrives. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from './testing/execute.ts';
import { runInput, spectrumInput } from './testing/seed.ts';

let api: TestSchema;
const [good, bad, broken] = ['good', 'bad', 'broken'].map((name) => runInput({ name })) as [Run, Run, Run];
type Run = ReturnType<typeof runInput>;
const spectra = [0, 10, 20].map((step) => spectrumInput(good.id, step));
const [, damaged] = spectra as [Spectrum, Spectrum, Spectrum];
type Spectrum = ReturnType<typeof spectrumInput>;

beforeAll(async () => {
  api = await testSchema();
  for (const input of [good, bad, broken]) await api.mutate('createRun', input, 'created');
  for (const input of [...spectra, spectrumInput(bad.id, 10)]) await api.mutate('recordSpectrum', input, 'created');
  const { pool } = api.database;
  await pool.query(`update probe set alpha[1] = 'NaN', beta[1] = null where spectrum_id = $1`, [damaged.id]);
  await pool.query(`update run set schedule = '{"kind":"unheard of"}', config = 'null' where id = $1`, [bad.id]);
  await pool.query(`update run set seed = 9223372036854775807, created_at = 'infinity' where id = $1`, [broken.id]);
});
afterAll(() => api.stop());

const number: unknown = expect.any(Number);
const computed = { trace: { value: number }, outliers: { lambdaMax: number }, density: { sigma: number } };
const nothing = { trace: null, outliers: null, density: null };
const selected = 'id trace { value } outliers { lambdaMax } density(grid: { points: 4 }) { sigma }';

/** Each error says which row it is about. */
function rowsOf(errors: readonly { readonly message: string; readonly path: string }[]): Record<string, string> {
  return Object.fromEntries(
    errors.map(({ message, path }) => [path, /^[A-Z][A-Za-z]+ [0-9a-f-]{36}/.exec(message)?.[0] ?? message]),
  );
}

describe('a damaged row', () => {
  it('of a list of runs', async () => {
    const { data, errors } = await api.execute(`{ runs(orderBy: { field: NAME, direction: ASC }) {
      totalCount nodes { id name seed schedule { initial } config { path } }
      edges { node { id seed } }
    } }`);
    expect(data?.['runs']).toMatchObject({
      totalCount: 3,
      nodes: [
        { id: bad.id, name: 'bad', schedule: null, config: null },
        null,
        { id: good.id, schedule: { initial: 0.1 } },
      ],
      edges: [{ node: { id: bad.id } }, { node: null }, { node: { id: good.id } }],
    });
    expect(rowsOf(errors)).toEqual({
      'runs.nodes.0.schedule.initial': `Run ${bad.id}`,
      'runs.nodes.0.config': `Run ${bad.id}`,
      'runs.nodes.1.seed': `Run ${broken.id}`,
      'runs.edges.1.node.seed': `Run ${broken.id}`,
    });
  });

  it('of a list of spectra, by page and by run', async () => {
    const { data, errors } = await api.execute(`{
      spectra(direction: ASC, first: 3) { nodes { ${selected} } }
      run(id: "${good.id}") { spectra { ${selected} probes { index alpha } } }
    }`);
    const [first, , third] = spectra.map(({ id }) => id);
    const shown = [
      { id: first, ...computed },
      { id: damaged.id, ...nothing },
      { id: third, ...computed },
    ];
    expect(data).toMatchObject({ spectra: { nodes: shown }, run: { spectra: shown } });
    expect(new Set(Object.values(rowsOf(errors)))).toEqual(new Set([`Spectrum ${damaged.id}`]));
    expect(Object.keys(rowsOf(errors))).toContain('run.spectra.1.trace');
  });

  it('of a trajectory', async () => {
    const { data, errors } =
      await api.execute(`{ runs(filter: { ids: ["${good.id}", "${bad.id}"] }, ${'orderBy: { field: NAME, direction: DESC }'}) {
      nodes { name trajectory { step lambdaMax trace ratio quantile(probability: 0.5) } statistics(of: [{ name: TRACE, at: MAX }]) { value } }
    } }`);
    const column = [number, null, number];
    expect(data?.['runs']).toMatchObject({
      nodes: [
        {
          trajectory: { step: [0, 10, 20], lambdaMax: column, trace: column, ratio: column, quantile: column },
          statistics: [{ value: number }],
        },
        { trajectory: { step: [10], lambdaMax: [number] } },
      ],
    });
    expect(rowsOf(errors)).toEqual(
      Object.fromEntries(
        ['lambdaMax', 'trace', 'quantile'].map((name) => [
          `runs.nodes.0.trajectory.${name}.1`,
          `Spectrum ${damaged.id}`,
        ]),
      ),
    );
  });

  it('of a comparison, where the others are compared', async () => {
    const { data, errors } = await api.execute(`{ compare(runs: ["${good.id}", "${bad.id}"], at: [0, 10]) {
      points { position sigma entries { run { id } density { sigma } } distances { l1 } }
    } }`);
    expect(data?.['compare']).toMatchObject({
      points: [
        {
          sigma: number,
          entries: [{ density: { sigma: number } }, { density: { sigma: number } }],
          distances: { l1: [] },
        },
        { sigma: number, entries: [{ density: null }, { density: { sigma: number } }], distances: null },
      ].map((point, at) => (at === 0 ? { ...point, distances: { l1: expect.any(Array) as unknown } } : point)),
    });
    expect(errors.map(({ path }) => path).sort()).toEqual([
      'compare.points.1.distances',
      'compare.points.1.entries.0.density',
    ]);
  });

  it('of groups', async () => {
    const { data, errors } = await api.execute(
      `{ runGroups(by: [ARCHITECTURE]) { count lambdaMax { runs } statistics(of: [{ name: TRACE }]) { runs } } }`,
    );
    expect(data?.['runGroups']).toMatchObject([{ count: 3, statistics: [{ runs: 2 }] }]);
    expect(errors).toEqual([]);
  });
});
