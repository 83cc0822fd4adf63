import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApi, type TestApi } from './testing/api.ts';
import { firstError, post, query } from './testing/http.ts';
import { runInput, spectrumInput } from './testing/inputs.ts';

let api: TestApi;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.stop());

describe('a fault of the server', () => {
  it('is masked to the client and logged under the id of the request', async () => {
    const { pool } = api.database;
    await pool.query('alter table project rename column name to hidden_name');
    try {
      const answer = await query(api.url, '{ projects { name } }');
      expect(answer.status).toBe(500);
      expect(firstError(answer)).toEqual({
        code: 'INTERNAL_SERVER_ERROR',
        message: 'Something went wrong on the server. Its log has the cause under this request id.',
      });
      expect(JSON.stringify(answer.body)).not.toMatch(/hidden|QUERY_FAILED|postgres|select/i);
      const id = answer.headers.get('x-request-id');
      expect(JSON.stringify(answer.body)).toContain(id);
      const cause = api.logs.find((line) => line['requestId'] === id && line['msg'] === 'graphql');
      expect(JSON.stringify(cause)).toContain('project');
    } finally {
      await pool.query('alter table project rename column hidden_name to name');
    }
    expect(await query(api.url, '{ projects { name } }')).toMatchObject({ status: 200 });
  });
});

/** Values that GraphQL inputs are made of, and many that they are not. */
const strange = fc.oneof(
  fc.constantFrom(
    null,
    true,
    -1,
    0,
    0.5,
    1e308,
    2 ** 53,
    -(2 ** 31),
    '',
    '\0',
    'NaN',
    "'; drop table run; --",
    '💥',
    [],
    {},
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null)), { maxLength: 4 }),
  fc.uuid(),
);

/** A right input with some of its fields replaced, dropped or added. */
function mangled(input: object) {
  const keys = [...Object.keys(input), 'surprise'];
  return fc
    .dictionary(fc.constantFrom(...keys), fc.option(strange, { nil: undefined }), { minKeys: 1, maxKeys: 3 })
    .map((changes) => ({ ...input, ...changes }));
}

async function noServerFault(body: string): Promise<void> {
  const answer = await post(api.url, body);
  const shown = `${body.slice(0, 2000)} → ${String(answer.status)} ${JSON.stringify(answer.body).slice(0, 500)}`;
  expect(answer.status, shown).toBeLessThan(500);
  expect(JSON.stringify(answer.body), shown).not.toMatch(/INTERNAL_SERVER_ERROR|stacktrace/);
}

const run = runInput();
const inputs = {
  createRun: run,
  logSteps: { runId: run.id, steps: [{ number: 1, trainLoss: 0.5 }] },
  recordSpectrum: spectrumInput(run.id, 1, [{ a: 1, b: 0.5, m: 3 }]),
  finishRun: { id: run.id },
};

describe('generated bad requests never cause a fault of the server:', () => {
  it.each(Object.entries(inputs))('mangled inputs of %s', async (name, input) => {
    await query(api.url, 'mutation($input: CreateRunInput!) { createRun(input: $input) { created } }', { input: run });
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input!`;
    const text = `mutation($input: ${type}) { ${name}(input: $input) { userErrors { code field message } } }`;
    await fc.assert(
      fc.asyncProperty(mangled(input), (changed) =>
        noServerFault(JSON.stringify({ query: text, variables: { input: changed } })),
      ),
      { numRuns: 250 },
    );
  });

  it('mangled arguments of queries', async () => {
    const text = `query($id: ID!, $first: Int, $after: String, $filter: RunFilter, $orderBy: RunOrder, $n: Int!,
        $s: SmoothingInput, $g: GridInput) {
      run(id: $id) { step(number: $n) { id } steps(first: $first, after: $after) { totalCount }
        spectra { density(smoothing: $s, grid: $g) { sigma } outliers(classes: $n) { count } } }
      runs(first: $first, after: $after, filter: $filter, orderBy: $orderBy) { totalCount } }`;
    const input = inputs.recordSpectrum;
    await query(api.url, 'mutation($input: RecordSpectrumInput!) { recordSpectrum(input: $input) { created } }', {
      input,
    });
    const right = { id: run.id, first: 5, after: null, n: 1, s: { kind: 'AUTO' }, g: {}, filter: {}, orderBy: null };
    const filters = mangled({ ids: [], project: '', status: [], tags: [], search: 'x', residual: true });
    const smoothings = mangled({ kind: 'ABSOLUTE', sigma: 0.1, sigmaSquared: 1e-5 });
    const grids = mangled({ points: 10, min: -1, max: 1 });
    const variables = fc
      .tuple(mangled(right), fc.option(filters), fc.option(smoothings), fc.option(grids))
      .map(([rest, filter, s, g]) => ({ ...rest, ...(filter && { filter }), ...(s && { s }), ...(g && { g }) }));
    await fc.assert(
      fc.asyncProperty(variables, (changed) => noServerFault(JSON.stringify({ query: text, variables: changed }))),
      { numRuns: 400 },
    );
  });

  it('bodies of any JSON or any text', async () => {
    const envelope = fc.record(
      { query: strange, variables: strange, operationName: strange, extensions: strange },
      { requiredKeys: [] },
    );
    const bodies = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      envelope.map((value) => JSON.stringify(value)),
    );
    await fc.assert(fc.asyncProperty(bodies, noServerFault), { numRuns: 300 });
  });

  it('query texts', async () => {
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
        'true',
      ],
      ...[
        'mutation',
        'query',
        'fragment',
        '[',
        ']',
        '!',
        '__typename',
        '__schema',
        'types',
        'null',
        '1e999',
        '"""',
        '#',
        '&',
      ],
    );
    const texts = fc.array(words, { maxLength: 25 }).map((parts) => `{ ${parts.join(' ')} }`);
    await fc.assert(
      fc.asyncProperty(texts, (text) => noServerFault(JSON.stringify({ query: text }))),
      { numRuns: 400 },
    );
  });
});
