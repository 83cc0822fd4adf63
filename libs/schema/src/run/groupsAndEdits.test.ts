import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { doubledProbes, runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
beforeAll(async () => {
  api = await testSchema();
});
afterAll(() => api.stop());

async function created(overrides: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const input = runInput(overrides);
  expect(await api.mutate('createRun', input, 'created')).toMatchObject({ userErrors: [] });
  return input.id;
}

describe('runGroups', () => {
  const constant = { kind: 'CONSTANT', initial: 0.1 };
  const runs: [string, object, boolean][] = [
    ['resnet-20', constant, true],
    ['resnet-20', constant, false],
    ['resnet-20', { kind: 'CONSTANT', initial: 0.2 }, true],
    ['vgg-11', constant, false],
  ];
  beforeAll(async () => {
    for (const [architecture, schedule, residual] of runs) {
      await created({
        project: 'groups',
        architecture,
        schedule,
        residual,
        name: `${architecture} ${String(residual)}`,
      });
    }
  });

  const groups = async (args: string, fields: string) => {
    const { data, errors } = await api.execute(`{ runGroups(${args}, filter: { project: "groups" }) { ${fields} } }`);
    expect(errors).toEqual([]);
    return data?.['runGroups'];
  };

  it('names the runs of each group, for a filter', async () => {
    const [largest] = (await groups('by: [ARCHITECTURE]', 'count runIds')) as unknown as { runIds: string[] }[];
    const { data } = await api.execute(
      'query($ids: [ID!]!) { runs(filter: { ids: $ids }) { totalCount nodes { architecture } } }',
      { ids: largest?.runIds },
    );
    const architecture = 'resnet-20';
    expect(data).toEqual({ runs: { totalCount: 3, nodes: [{ architecture }, { architecture }, { architecture }] } });
  });

  it.each([
    [
      '[ARCHITECTURE]',
      'architecture count',
      [
        { architecture: 'resnet-20', count: 3 },
        { architecture: 'vgg-11', count: 1 },
      ],
    ],
    [
      '[RESIDUAL]',
      'residual count',
      [
        { residual: false, count: 2 },
        { residual: true, count: 2 },
      ],
    ],
    [
      '[SCHEDULE]',
      'schedule { kind initial } count',
      [
        { schedule: { kind: 'CONSTANT', initial: 0.1 }, count: 3 },
        { schedule: { kind: 'CONSTANT', initial: 0.2 }, count: 1 },
      ],
    ],
    ['[BATCH_NORM]', 'batchNorm architecture count', [{ batchNorm: 'NONE', architecture: null, count: 4 }]],
    [
      '[RESIDUAL, ARCHITECTURE]',
      'architecture residual runs { name }',
      [
        { architecture: 'resnet-20', residual: true, runs: [{ name: 'resnet-20 true' }, { name: 'resnet-20 true' }] },
        { architecture: 'resnet-20', residual: false, runs: [{ name: 'resnet-20 false' }] },
        { architecture: 'vgg-11', residual: false, runs: [{ name: 'vgg-11 false' }] },
      ],
    ],
  ])('by %s', async (by, fields, expected) => {
    expect(await groups(`by: ${by}`, fields)).toEqual(expected);
  });

  it('sends two statements, whatever the number of groups', async () => {
    api.statements.length = 0;
    await groups('by: [ARCHITECTURE, SCHEDULE, RESIDUAL]', 'count runs(first: 5) { id }');
    expect(api.statements).toHaveLength(2);
  });

  it('tells the means of what was measured last, over the runs that have it', async () => {
    const measured = await Promise.all([1, 3].map(() => created({ project: 'means', architecture: 'measured' })));
    await created({ project: 'means', architecture: 'measured' });
    for (const [index, runId] of measured.entries()) {
      const steps = [
        { number: 1, trainLoss: 9, testAccuracy: 0.1 },
        { number: 2, trainLoss: 1 + 2 * index, testAccuracy: 0.5 },
        { number: 3 },
      ];
      await api.mutate('logSteps', { runId, steps }, '__typename');
      for (const step of [1, 2]) {
        const probesOf = index === 1 && step === 2 ? { probes: doubledProbes } : {};
        await api.mutate('recordSpectrum', spectrumInput(runId, step, probesOf), 'created');
      }
    }
    const mean = '{ value runs }';
    const { data, errors } = await api.execute(
      `{ runGroups(by: [ARCHITECTURE], filter: { project: "means" }) { count trainLoss ${mean} testAccuracy ${mean}
         lambdaMax ${mean} newest: lambdaMax(first: 1) ${mean} ratio ${mean} } }`,
    );
    expect(errors).toEqual([]);
    expect(data?.['runGroups']).toMatchObject([
      {
        count: 3,
        trainLoss: { value: 2, runs: 2 },
        testAccuracy: { value: 0.5, runs: 2 },
        lambdaMax: { value: expect.closeTo((13 + 26) / 2, 6), runs: 2 },
        newest: { value: null, runs: 0 },
        ratio: { value: expect.closeTo(13 / 5, 6), runs: 2 },
      },
    ]);
    const { errors: refused } = await api.execute('{ runGroups(by: [RESIDUAL]) { lambdaMax(first: 0) { value } } }');
    expect(refused[0]?.code).toBe('BAD_USER_INPUT');
  });

  it('lists the runs of one schedule exactly', async () => {
    const { data } = await api.execute(
      '{ runs(filter: { project: "groups", schedule: { kind: CONSTANT, initial: 0.2 } }) { totalCount } }',
    );
    expect(data).toEqual({ runs: { totalCount: 1 } });
  });

  it('needs something to group by', async () => {
    const { errors } = await api.execute('{ runGroups(by: []) { count } }');
    expect(errors).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });
});

describe('updateRun', () => {
  it('changes what is given, and leaves the rest', async () => {
    const id = await created({ notes: 'before', tags: ['a'] });
    const fields = 'run { name notes tags archived editedAt }';
    expect(await api.mutate('updateRun', { id, name: 'after', archived: true }, fields)).toMatchObject({
      run: { name: 'after', notes: 'before', tags: ['a'], archived: true, editedAt: expect.stringMatching(/Z$/) },
      userErrors: [],
    });
    expect(
      await api.mutate('updateRun', { id, notes: null, tags: ['c', 'b', 'c'], archived: false }, fields),
    ).toMatchObject({
      run: { name: 'after', notes: null, tags: ['b', 'c'], archived: false },
    });
  });

  it('hides nothing from the list unless it is asked to', async () => {
    const id = await created({ project: 'hidden' });
    await api.mutate('updateRun', { id, archived: true }, 'run { id }');
    const count = async (filter: string) => {
      const { data } = await api.execute(`{ runs(filter: { project: "hidden" ${filter} }) { totalCount } }`);
      return data?.['runs'];
    };
    expect(await count('')).toEqual({ totalCount: 1 });
    expect(await count('archived: false')).toEqual({ totalCount: 0 });
    expect(await count('archived: true')).toEqual({ totalCount: 1 });
  });

  it.each([
    [{ name: ' ' }, 'INVALID', ['name']],
    [{ notes: 'nul \0' }, 'INVALID', ['notes']],
    [{ tags: [''] }, 'INVALID', ['tags', '0']],
    [{ tags: Array.from({ length: 101 }, () => 'x') }, 'TOO_LARGE', ['tags']],
    [{ id: randomUUID(), name: 'x' }, 'NOT_FOUND', ['id']],
    [{ id: "'; drop table run; --" }, 'NOT_FOUND', ['id']],
  ])('refuses %j', async (changes, code, field) => {
    const id = await created();
    expect(await api.mutate('updateRun', { id, ...changes }, 'run { id }')).toMatchObject({
      run: null,
      userErrors: [{ code, field }],
    });
  });
});

describe('tagRun', () => {
  it('adds and removes, also when many do it at once', async () => {
    const id = await created({ tags: ['old', 'stays'] });
    const some = Array.from({ length: 6 }, (_, at) => `t${String(at)}`);
    await Promise.all(some.map((tag) => api.mutate('tagRun', { id, add: [tag, 'old'] }, 'run { tags }')));
    expect(await api.mutate('tagRun', { id, remove: ['old', 'never'] }, 'run { tags }')).toMatchObject({
      run: { tags: ['stays', ...some] },
    });
  });
});

describe('deleteRun', () => {
  it('takes everything of the run along, once', async () => {
    const id = await created();
    const spectrum = spectrumInput(id, 3);
    await api.mutate('recordSpectrum', spectrum, 'created');
    expect(await api.mutate('deleteRun', { id }, 'deleted')).toEqual({ deleted: true, userErrors: [] });
    expect(await api.mutate('deleteRun', { id }, 'deleted')).toEqual({ deleted: false, userErrors: [] });
    const { data } = await api.execute(`{ run(id: "${id}") { id } spectrum(id: "${spectrum.id}") { id } }`);
    expect(data).toEqual({ run: null, spectrum: null });
  });
});

describe('free-form settings', () => {
  const config = [
    { path: ['batchSize'], value: '64' },
    { path: ['augment', 'flip'], value: 'true' },
    { path: ['augment', 'crop', 'pad'], value: '[4,4]' },
    { path: ['__proto__'], value: '"odd"' },
    { path: ['a.b'], value: 'null' },
  ];

  it('come back path by path, and are compared on a retry', async () => {
    const input = runInput({ config });
    const fields = 'created run { config { path value } }';
    const first = await api.mutate('createRun', input, fields);
    expect(first).toMatchObject({ created: true, userErrors: [] });
    const { config: stored } = first['run'] as unknown as { config: { path: string[]; value: string }[] };
    const byPath = (a: { path: string[] }, b: { path: string[] }) => a.path.join().localeCompare(b.path.join());
    expect([...stored].sort(byPath)).toEqual([...config].sort(byPath));
    expect(await api.mutate('createRun', { ...input, config: [...config].reverse() }, fields)).toMatchObject({
      created: false,
    });
    expect(await api.mutate('createRun', { ...input, config: config.slice(1) }, fields)).toMatchObject({
      userErrors: [{ code: 'CONFLICT', field: ['config', 'batchSize'] }],
    });
  });

  it.each([
    [[{ path: [], value: '1' }], ['config', '0', 'path']],
    [[{ path: ['a'], value: 'not json' }], ['config', '0', 'value']],
    [
      [
        { path: ['a'], value: '1' },
        { path: ['a'], value: '2' },
      ],
      ['config', '1', 'path'],
    ],
    [
      [
        { path: ['a'], value: '{"b":1}' },
        { path: ['a', 'c'], value: '2' },
      ],
      ['config', '1', 'path'],
    ],
    [[{ path: Array.from({ length: 30 }, () => 'deep'), value: '1' }], ['config']],
  ])('refuse %j', async (given, field) => {
    const answer = await api.mutate('createRun', runInput({ config: given }), 'run { id }');
    expect(answer).toMatchObject({ run: null, userErrors: [{ code: 'INVALID' }] });
    const [error] = answer['userErrors'] as unknown as { field: string[] }[];
    expect(error?.field.slice(0, field.length)).toEqual(field);
  });
});
