import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from './testing/execute.ts';
import { probes, runInput, spectrumInput } from './testing/seed.ts';

let api: TestSchema;
beforeAll(async () => {
  api = await testSchema();
});
afterAll(() => api.stop());

const newRun = async (): Promise<string> => {
  const input = runInput();
  await api.mutate('createRun', input, 'created');
  return input.id;
};

describe('createRun', () => {
  it('stores a run and says so; a retry changes nothing', async () => {
    const input = runInput();
    const fields = `created run { id name project { name } experiment { name project { name } } status architecture
      batchNorm normalisation residual schedule { kind initial factor steps totalSteps warmupSteps } seed classes parameterCount tags
      notes finishedAt }`;
    const expected = {
      id: input.id,
      name: 'a run',
      project: { name: 'test' },
      experiment: { name: 'schema', project: { name: 'test' } },
      status: 'RUNNING',
      architecture: 'mlp-784-20-10',
      batchNorm: 'NONE',
      normalisation: null,
      residual: false,
      schedule: { kind: 'STEP', initial: 0.1, factor: 0.1, steps: [100, 200], totalSteps: null, warmupSteps: null },
      seed: 1,
      classes: 3,
      parameterCount: 300,
      tags: ['a', 'b'],
      notes: null,
      finishedAt: null,
    };
    expect(await api.mutate('createRun', input, fields)).toEqual({ created: true, run: expected, userErrors: [] });
    expect(await api.mutate('createRun', input, fields)).toEqual({ created: false, run: expected, userErrors: [] });
  });

  it('stores rates at steps, and what the layers normalise by', async () => {
    const schedule = { kind: 'PIECEWISE', initial: 0.1, steps: [0, 100], rates: [0.1, 0.02] };
    const fields = 'run { normalisation schedule { kind initial steps rates factor } } userErrors { field message }';
    expect(await api.mutate('createRun', runInput({ schedule, normalisation: 'LAYER' }), fields)).toEqual({
      run: { normalisation: 'LAYER', schedule: { ...schedule, factor: null } },
      userErrors: [],
    });
    // Runs of clients that do not say it yet.
    const unsaid = await api.mutate('createRun', runInput({ batchNorm: 'MINIBATCH' }), 'run { normalisation }');
    expect(unsaid).toMatchObject({ run: { normalisation: 'BATCH' } });
    const uneven = await api.mutate('createRun', runInput({ schedule: { ...schedule, rates: [0.1] } }), fields);
    expect(uneven).toMatchObject({ run: null, userErrors: [{ field: ['schedule', 'rates'] }] });
  });

  it('refuses other values under the same id as a CONFLICT that names the field', async () => {
    const input = runInput();
    await api.mutate('createRun', input, 'created');
    expect(await api.mutate('createRun', { ...input, seed: 2 }, 'created run { seed }')).toEqual({
      created: false,
      run: null,
      userErrors: [{ code: 'CONFLICT', field: ['seed'], message: expect.stringContaining(input.id) }],
    });
  });

  it('stores one run when many create it at once', async () => {
    const input = runInput({ experiment: randomUUID() });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => api.mutate('createRun', input, 'created run { id }')),
    );
    expect(answers.filter(({ created }) => created === true)).toHaveLength(1);
    expect(answers.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  });

  it('keeps seeds and parameter counts beyond 32 bits exactly', async () => {
    const input = runInput({ seed: 2 ** 53 - 1, parameterCount: 70_000_000_000 });
    expect(await api.mutate('createRun', input, 'run { seed parameterCount }')).toMatchObject({
      run: { seed: 9007199254740991, parameterCount: 70_000_000_000 },
    });
  });

  it.each([
    ['id', 'no uuid', 'INVALID', ['id']],
    ['name', '  ', 'INVALID', ['name']],
    ['classes', 0, 'INVALID', ['classes']],
    ['name', 'nul \0', 'INVALID', ['name']],
    ['schedule', { kind: 'CONSTANT', initial: -1 }, 'INVALID', ['schedule', 'initial']],
  ])('refuses %s = %j as %s', async (name, value, code, field) => {
    const answer = await api.mutate('createRun', runInput({ [name]: value }), 'created run { id }');
    expect(answer).toMatchObject({ created: false, run: null, userErrors: [{ code, field }] });
  });

  it('refuses more than 100 tags', async () => {
    const tags = Array.from({ length: 101 }, (_, index) => `t${String(index)}`);
    const answer = await api.mutate('createRun', runInput({ tags }), 'run { id }');
    expect(answer).toMatchObject({ run: null, userErrors: [{ code: 'TOO_LARGE', field: ['tags'] }] });
  });
});

describe('logSteps', () => {
  const fields = 'steps { number trainLoss testLoss learningRate }';

  it('stores steps in the order sent, and adds what was missing so far', async () => {
    const runId = await newRun();
    const steps = [
      { number: 5, trainLoss: 0.5 },
      { number: 0, trainLoss: 2.3, testLoss: 2.4 },
    ];
    expect(await api.mutate('logSteps', { runId, steps }, fields)).toEqual({
      steps: [
        { number: 5, trainLoss: 0.5, testLoss: null, learningRate: null },
        { number: 0, trainLoss: 2.3, testLoss: 2.4, learningRate: null },
      ],
      userErrors: [],
    });
    const more = { runId, steps: [{ number: 5, testLoss: 0.7 }] };
    expect(await api.mutate('logSteps', more, fields)).toMatchObject({ steps: [{ trainLoss: 0.5, testLoss: 0.7 }] });
  });

  it('refuses a different value for what is stored, and then writes nothing at all', async () => {
    const runId = await newRun();
    await api.mutate('logSteps', { runId, steps: [{ number: 1, trainLoss: 1 }] }, fields);
    const clash = {
      runId,
      steps: [
        { number: 2, trainLoss: 9 },
        { number: 1, trainLoss: 1.5 },
      ],
    };
    expect(await api.mutate('logSteps', clash, fields)).toMatchObject({
      steps: null,
      userErrors: [{ code: 'CONFLICT', field: ['steps', '1', 'trainLoss'] }],
    });
    const { data } = await api.execute(`{ run(id: "${runId}") { history { step } } }`);
    expect(data).toEqual({ run: { history: { step: [1] } } });
  });

  it.each([
    ['an unknown run', { runId: randomUUID(), steps: [{ number: 0 }] }, 'NOT_FOUND', ['runId']],
    ['an id that is no UUID', { runId: 'x', steps: [{ number: 0 }] }, 'NOT_FOUND', ['runId']],
    ['a negative step', { steps: [{ number: -1 }] }, 'INVALID', ['steps', '0', 'number']],
    ['too many steps', { steps: Array.from({ length: 5001 }, (_, number) => ({ number })) }, 'TOO_LARGE', ['steps']],
  ])('refuses %s', async (_what, input, code, field) => {
    const answer = await api.mutate('logSteps', { runId: await newRun(), ...input }, 'steps { id }');
    expect(answer).toMatchObject({ steps: null, userErrors: [{ code, field }] });
  });

  it('takes 5000 steps in one call', async () => {
    const runId = await newRun();
    const steps = Array.from({ length: 5000 }, (_, number) => ({ number, trainLoss: 1 / (1 + number) }));
    expect(await api.mutate('logSteps', { runId, steps }, '__typename')).toMatchObject({ userErrors: [] });
    const { data } = await api.execute(
      `{ run(id: "${runId}") { history(maxPoints: 2) { totalSteps downsampled step } } }`,
    );
    expect(data).toEqual({ run: { history: { totalSteps: 5000, downsampled: true, step: [0, 4999] } } });
  });

  it('refuses a number that is not finite, which only a query text can hold', async () => {
    const runId = await newRun();
    const { data } = await api.execute(
      `mutation { logSteps(input: { runId: "${runId}", steps: [{ number: 3, trainLoss: 1e999 }] }) {
        userErrors { code field message } } }`,
    );
    expect(data).toMatchObject({
      logSteps: { userErrors: [{ code: 'NON_FINITE', field: ['steps', '0', 'trainLoss'] }] },
    });
  });
});

describe('recordSpectrum', () => {
  const fields = 'created spectrum { id step { number } probeCount operator block batchNorm }';

  it('stores a spectrum, creating its step; a retry changes nothing', async () => {
    const input = spectrumInput(await newRun(), 40);
    const spectrum = {
      id: input.id,
      step: { number: 40 },
      probeCount: 3,
      operator: 'HESSIAN',
      block: 'all',
      batchNorm: 'NONE',
    };
    expect(await api.mutate('recordSpectrum', input, fields)).toEqual({ created: true, spectrum, userErrors: [] });
    expect(await api.mutate('recordSpectrum', input, fields)).toEqual({ created: false, spectrum, userErrors: [] });
  });

  it('refuses other values under the same id, and a second spectrum in the same place', async () => {
    const input = spectrumInput(await newRun(), 40);
    await api.mutate('recordSpectrum', input, 'created');
    const other = {
      ...input,
      probes: [...probes.slice(0, 2), { ...probes[2], alpha: probes[2]?.alpha.map((a) => a + 1) }],
    };
    expect(await api.mutate('recordSpectrum', other, fields)).toMatchObject({
      spectrum: null,
      userErrors: [{ code: 'CONFLICT', field: ['probes', '2', 'alpha', '0'] }],
    });
    expect(await api.mutate('recordSpectrum', { ...input, id: randomUUID() }, fields)).toMatchObject({
      spectrum: null,
      userErrors: [{ code: 'CONFLICT', field: ['id'] }],
    });
  });

  it('gives back exactly the numbers it was given', async () => {
    const input = spectrumInput(await newRun(), 1);
    await api.mutate('recordSpectrum', input, 'created');
    const { data } = await api.execute(
      `{ spectrum(id: "${input.id}") { probes { index seed alpha beta nodes weights } gradientOverlap { k gradient fraction } } }`,
    );
    expect(data).toEqual({
      spectrum: {
        probes: probes.map((probe) => ({ ...probe, nodes: null, weights: null })),
        gradientOverlap: [
          { k: 1, gradient: 'FULL_BATCH', fraction: 0.25 },
          { k: 4, gradient: 'FULL_BATCH', fraction: 0.75 },
        ],
      },
    });
  });

  const probe = { index: 0, seed: 1, alpha: [1, 2], beta: [0.5] };
  it.each([
    ['an unknown run', { runId: randomUUID() }, 'NOT_FOUND', ['runId']],
    ['a run id that is no UUID', { runId: 'run-1' }, 'INVALID', ['runId']],
    ['an id that is no UUID', { id: '1' }, 'INVALID', ['id']],
    ['m < 1', { lanczosSteps: 0 }, 'INVALID', ['lanczosSteps']],
    ['no probes', { probes: [] }, 'INVALID', ['probes']],
    ['a probe with nothing in it', { probes: [{ index: 0, seed: 1 }] }, 'INVALID', ['probes', '0']],
    ['an empty alpha', { probes: [{ ...probe, alpha: [], beta: [] }] }, 'INVALID', ['probes', '0', 'alpha']],
    ['alpha without beta', { probes: [{ index: 0, seed: 1, alpha: [1] }] }, 'INVALID', ['probes', '0']],
    ['lengths that do not fit', { probes: [{ ...probe, beta: [1, 2, 3] }] }, 'INVALID', ['probes', '0', 'beta']],
    ['more steps than m', { lanczosSteps: 1, probes: [probe] }, 'INVALID', ['probes', '0', 'alpha']],
    ['the same probe twice', { probes: [probe, probe] }, 'INVALID', ['probes', '1']],
    [
      'weights that do not fit the nodes',
      { probes: [{ index: 0, seed: 1, nodes: [1, 2], weights: [1] }] },
      'INVALID',
      ['probes', '0', 'weights'],
    ],
    ['k < 1 in an overlap', { gradientOverlap: [{ k: 0, fraction: 0.5 }] }, 'INVALID', ['gradientOverlap', '0', 'k']],
    ['no parameters', { parameterCount: 0 }, 'INVALID', ['parameterCount']],
    ['negative seconds', { seconds: -1 }, 'INVALID', ['seconds']],
    [
      'too many probes',
      { probes: Array.from({ length: 1001 }, (_, index) => ({ ...probe, index })) },
      'TOO_LARGE',
      ['probes'],
    ],
  ])('refuses %s', async (_what, wrong, code, field) => {
    const answer = await api.mutate('recordSpectrum', spectrumInput(await newRun(), 2, wrong), fields);
    expect(answer).toMatchObject({ created: false, spectrum: null, userErrors: [{ code, field }] });
  });

  it('refuses NaN where JSON does not stand in the way', async () => {
    const input = spectrumInput(await newRun(), 3);
    const query = `mutation($input: RecordSpectrumInput!) { recordSpectrum(input: $input) { userErrors { code } } }`;
    const { errors } = await api.execute(query, { input: { ...input, probes: [{ ...probe, alpha: [1, NaN] }] } });
    expect(errors[0]?.message).toContain('Float cannot represent non numeric value: NaN');
    const literal = query.replace('($input: RecordSpectrumInput!)', '').replace(
      '$input',
      `{ id: "${input.id}", runId: "${input.runId}", step: 3, parameterCount: 5, lanczosSteps: 2, seed: 1,
           precision: FLOAT32, dataSize: 1, dataFingerprint: "", hvpCount: 2, seconds: 1, engine: "x",
           probes: [{ index: 0, seed: 1, alpha: [1, -1e999], beta: [1] }] }`,
    );
    expect((await api.execute(literal)).data).toEqual({ recordSpectrum: { userErrors: [{ code: 'NON_FINITE' }] } });
  });
});

describe('finishRun', () => {
  it('ends a run once; the same end again changes nothing, another is a CONFLICT', async () => {
    const id = await newRun();
    const fields = 'run { status finishedAt }';
    const first = await api.mutate('finishRun', { id }, fields);
    expect(first).toMatchObject({
      run: { status: 'FINISHED', finishedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
      userErrors: [],
    });
    expect(await api.mutate('finishRun', { id, status: 'FINISHED' }, fields)).toEqual(first);
    expect(await api.mutate('finishRun', { id, status: 'FAILED' }, fields)).toMatchObject({
      run: null,
      userErrors: [{ code: 'CONFLICT', field: ['status'] }],
    });
  });

  it.each([
    ['an unknown run', { id: randomUUID() }, 'NOT_FOUND', ['id']],
    ['no UUID', { id: 'x' }, 'NOT_FOUND', ['id']],
    ['RUNNING', { id: randomUUID(), status: 'RUNNING' }, 'INVALID', ['status']],
  ])('refuses %s', async (_what, input, code, field) => {
    expect(await api.mutate('finishRun', input, 'run { id }')).toMatchObject({
      run: null,
      userErrors: [{ code, field }],
    });
  });
});
