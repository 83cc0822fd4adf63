/**
 * More than 10,000 generated requests, most of them wrong: each is answered, by data, `userErrors` or a GraphQL error with a
 * code of its own. A fault of the server would be an error without one.
 */
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { queryCost } from './request/limits.ts';
import { schema } from './schema.ts';
import { testSchema, type TestSchema } from './testing/execute.ts';
import { runInput, spectrumInput } from './testing/seed.ts';
import { mangled, strange } from './testing/strange.ts';

/** Far more than it takes on an idle machine. */
vi.setConfig({ testTimeout: 240_000 });

let api: TestSchema;
const run = runInput({ config: [{ path: ['a', 'b'], value: '1' }], notes: 'n', plannedSteps: 9 });
const small = { probes: [{ index: 0, seed: 1, alpha: [1, 2, 3], beta: [0.5, 0.25, 0.1] }], lanczosSteps: 3 };
const energy = { gradientEnergy: [{ gradient: 'FULL_BATCH', gradientNorm: 1, alpha: [1, 2], beta: [1] }] };
const spectrum = spectrumInput(run.id, 1, { ...small, ...energy });

beforeAll(async () => {
  api = await testSchema();
  await api.mutate('createRun', run, 'created');
  await api.mutate('recordSpectrum', spectrum, 'created');
  await api.mutate('logSteps', { runId: run.id, steps: [{ number: 1, trainLoss: 1, epoch: 1 }] }, '__typename');
});
afterAll(() => api.stop());

/** Codes that say whose fault it is; those of GraphQL's own validation have none, and start with what they name. */
const clientCodes = new Set(['BAD_USER_INPUT', 'NOT_COMPUTABLE', 'FORBIDDEN', 'QUERY_TOO_LARGE']);
const ofGraphql =
  /^(Variable "|Argument "|Field "|Unknown |Cannot |Syntax Error|Expected |DateTime:|SafeInt:|Float cannot|Int cannot|Fragment|Operation|Directive|Fields |This anonymous|There can be|Value |Enum |String cannot|Boolean cannot|ID cannot|Subscription|The )/;

let answered = 0;

async function noServerFault(query: string, variables: Record<string, unknown>): Promise<void> {
  const { errors } = await api.execute(query, variables);
  answered++;
  const faults = errors.filter(({ code, message }) => !clientCodes.has(String(code)) && !ofGraphql.test(message));
  expect(faults, `${query.slice(0, 300)} ${JSON.stringify(variables).slice(0, 2000)}`).toEqual([]);
}

const check = <Value>(values: fc.Arbitrary<Value>, ask: (value: Value) => Promise<void>, numRuns: number) =>
  fc.assert(fc.asyncProperty(values, ask), { numRuns });

const inputs: readonly (readonly [string, object, number])[] = [
  ['createRun', run, 1500],
  ['updateRun', { id: run.id, name: 'x', notes: null, tags: ['a'], archived: false }, 600],
  ['tagRun', { id: run.id, add: ['a'], remove: ['b'] }, 500],
  ['logSteps', { runId: run.id, steps: [{ number: 2, trainLoss: 0.5, epoch: 1 }] }, 1000],
  ['recordSpectrum', spectrum, 1500],
  ['recordSpectra', { spectra: [spectrum] }, 700],
  ['finishRun', { id: run.id, status: 'FINISHED' }, 400],
  ['deleteRun', { id: '00000000-0000-4000-8000-000000000000' }, 300],
  ['createToken', { name: 'x', scope: 'READ', project: 'p' }, 400],
  ['revokeToken', { id: '00000000-0000-4000-8000-000000000000' }, 300],
];

describe('generated bad requests never cause a fault of the server:', () => {
  it.each(inputs)('inputs of %s', async (name, input, numRuns) => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const query = `mutation($input: ${type}) { ${name}(input: $input) { userErrors { code field message } } }`;
    await check(mangled(input), (given) => noServerFault(query, { input: given }), numRuns);
  });

  const queries: readonly (readonly [string, string, object, number])[] = [
    [
      'runs',
      `query($first: Int, $after: String, $filter: RunFilter, $orderBy: RunOrder, $by: [RunGroupKey!]!) {
        runs(first: $first, after: $after, filter: $filter, orderBy: $orderBy) { totalCount nodes { config { path } } }
        runGroups(by: $by, filter: $filter) { count } }`,
      {
        first: 5,
        after: 'WyJydW5zIENSRUFURURfQVQgREVTQyIsIjE5NzAiLCIwMDAiXQ',
        filter: {
          ids: [run.id],
          project: 'p',
          status: ['RUNNING'],
          tags: ['a'],
          search: 'x',
          createdFrom: '2020-01-01T00:00:00Z',
        },
        orderBy: { field: 'FINISHED_AT', direction: 'ASC' },
        by: ['SCHEDULE'],
      },
      1000,
    ],
    [
      'a spectrum',
      `query($id: ID!, $s: SmoothingInput, $g: GridInput, $c: Float, $k: Int, $r: OutlierRuleInput, $o: [Int!]!, $p: [Float!]!, $e: Float) {
        spectrum(id: $id) { density(smoothing: $s, grid: $g, confidence: $c) { sigma density packedUpper }
          outliers(classes: $k, rule: $r) { count values } moments(orders: $o, about: $e) { value }
          quantiles(probabilities: $p) { value } massNearZero(epsilon: $e) { value } } }`,
      {
        id: spectrum.id,
        s: { kind: 'ABSOLUTE', sigma: 0.1, sigmaSquared: 1 },
        g: { points: 5, min: -1, max: 1 },
        c: 0.9,
        k: 2,
        r: { kind: 'ABOVE', threshold: 1 },
        o: [1, 2],
        p: [0.5],
        e: 0.1,
      },
      1200,
    ],
    [
      'a run',
      `query($id: ID!, $n: Int!, $m: Int, $first: Int, $after: String, $steps: [Int!], $block: String) {
        node(id: $id) { id } run(id: $id) { step(number: $n) { id } steps(first: $first, after: $after) { totalCount }
          history(maxPoints: $m) { step } spectra(steps: $steps, block: $block) { id } trajectory(block: $block) { trace } } }`,
      { id: run.id, n: 1, m: 10, first: 3, after: 'x', steps: [1], block: 'all' },
      800,
    ],
    [
      'compare',
      `query($runs: [ID!]!, $at: [Float!], $t: Float, $align: Alignment, $g: GridInput) {
        compare(runs: $runs, at: $at, tolerance: $t, align: $align, grid: $g) { points { sigma distances { l1 } } } }`,
      { runs: [run.id], at: [1], t: 1, align: 'LR_PHASE', g: { points: 4, min: 0, max: 1 } },
      800,
    ],
  ];

  it.each(queries)('arguments of %s', async (_what, query, variables, numRuns) => {
    await check(mangled(variables), (given) => noServerFault(query, { ...given }), numRuns);
  });

  it('values that stand in the text itself', async () => {
    const text = strange.map((value) => JSON.stringify(value) ?? 'null');
    const fields = fc.constantFrom('run(id: @)', 'spectrum(id: @)', 'node(id: @)', 'runs(first: @)', 'runs(after: @)');
    await check(
      fc.tuple(fields, text),
      async ([field, value]) => {
        const query = `{ ${field.replace('@', () => value)} { __typename } }`;
        try {
          parse(query);
        } catch {
          answered++;
          return;
        }
        await noServerFault(query, {});
      },
      800,
    );
  });

  it('texts made of the words of the schema, up to their cost', async () => {
    const words = fc.constantFrom(
      ...[
        '{',
        '}',
        '(',
        ')',
        ':',
        '$id',
        '"x"',
        'run',
        'runs',
        'id',
        'nodes',
        'first',
        '5',
        '...',
        'on',
        'Run',
        '@skip',
        'if',
      ],
      ...[
        'mutation',
        'query',
        'fragment',
        '[',
        ']',
        '!',
        '__typename',
        'compare',
        'by',
        'null',
        '1e999',
        '"""',
        '#',
        'true',
      ],
    );
    await check(
      fc.array(words, { maxLength: 25 }).map((parts) => `{ ${parts.join(' ')} }`),
      (text) => {
        answered++;
        try {
          const document = parse(text);
          const [operation] = document.definitions;
          if (validate(schema, document).length === 0 && operation?.kind === 'OperationDefinition') {
            queryCost(schema, document, operation, {});
          }
        } catch (error) {
          expect(String(error)).toMatch(/GraphQLError|Syntax Error|Argument/);
        }
        return Promise.resolve();
      },
      1000,
    );
  });

  it('and there were more than 10,000 of them', () => {
    expect(answered).toBeGreaterThan(10_000);
  });
});

describe('requests that are far too long are refused, with what to do:', () => {
  const runs = 'query($filter: RunFilter) { runs(filter: $filter, first: 1) { totalCount } }';
  const many = (count: number): string[] => Array.from({ length: count }, (_, at) => `w${String(at)}`);

  it.each([
    ['a search of 60,000 words', { search: many(60_000).join(' ') }, 'filter.search: expected at most 20 words'],
    ['a search of 21 words', { search: many(21).join(' ') }, 'got 21 words. Search for fewer words.'],
    ['70,000 data sets', { dataset: many(70_000) }, 'filter.dataset'],
  ])('%s', async (_what, filter, message) => {
    const { errors } = await api.execute(runs, { filter });
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) as unknown }]);
  });

  it('but a search of 20 words is answered', async () => {
    expect((await api.execute(runs, { filter: { search: many(20).join(' ') } })).errors).toEqual([]);
  });
});
