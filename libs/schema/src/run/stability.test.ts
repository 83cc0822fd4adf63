/** Run.stability, and the limit on steps and in histories. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testSchema, type TestSchema } from '../testing/execute.ts';
import { runInput, spectrumInput } from '../testing/seed.ts';

let api: TestSchema;
beforeAll(async () => {
  api = await testSchema();
});
afterAll(() => api.stop());

interface Logged {
  readonly number: number;
  readonly [measure: string]: number;
}

async function recorded(changes: Readonly<Record<string, unknown>>, steps: readonly Logged[]): Promise<string> {
  const input = runInput(changes);
  await api.mutate('createRun', input, 'created');
  await api.mutate('logSteps', { runId: input.id, steps }, 'steps { number }');
  return input.id;
}

async function ask(query: string): Promise<unknown> {
  const { data, errors } = await api.execute(query);
  expect(errors).toEqual([]);
  return data;
}

const fields =
  'preconditioner formula reason warnings step lambda1 residual limit ratio downsampled lastRatio largestRatio shareOnEdge ' +
  'shareBeyond onset catapults { start peak end lossRatio lambda1Before lambda1After }';

describe('the stability of a run', () => {
  it('has λ1 against the limit of its optimiser at every step that measured it', async () => {
    const id = await recorded({ optimiser: 'SGD, momentum 0.5, weight decay 0' }, [
      { number: 0, learningRate: 0.1, trainLoss: 1, sharpness: 15, sharpnessError: 0.1 },
      { number: 5, learningRate: 0.1, trainLoss: 0.5 },
      { number: 10, learningRate: 0.1, trainLoss: 2, sharpness: 30, sharpnessError: 3 },
      { number: 15, learningRate: 0.05, trainLoss: 0.4, sharpness: 24 },
    ]);
    expect(
      await ask(
        `{ run(id: "${id}") { stability { ${fields} } history { step stabilityLimit } step(number: 15) { stabilityLimit } } }`,
      ),
    ).toEqual({
      run: {
        stability: {
          preconditioner: 'NONE',
          formula: '(2 + 2·0.5)/η',
          reason: null,
          warnings: [expect.stringContaining('1 of 3 values of lambda1 have a residual above 5 %')],
          step: [0, 10, 15],
          lambda1: [15, 30, 24],
          residual: [0.1, 3, null],
          limit: [30, 30, 60],
          ratio: [0.5, 1, 0.4],
          downsampled: false,
          lastRatio: 0.4,
          largestRatio: 1,
          shareOnEdge: 1 / 3,
          shareBeyond: 0,
          onset: 10,
          catapults: [{ start: 5, peak: 10, end: 15, lossRatio: 4, lambda1Before: 30, lambda1After: 24 }],
        },
        history: { step: [0, 5, 10, 15], stabilityLimit: [30, 30, 30, 60] },
        step: { stabilityLimit: 60 },
      },
    });
  });

  it('takes λ1 of spectra where it was not logged', async () => {
    const id = await recorded({ optimiser: 'gradient descent' }, [{ number: 3, learningRate: 0.5 }]);
    await api.mutate('recordSpectrum', spectrumInput(id, 3), 'created');
    const answer = (await ask(
      `{ run(id: "${id}") { stability { step lambda1 limit } trajectory { lambdaMax } } }`,
    )) as { readonly run: { readonly stability: object; readonly trajectory: { readonly lambdaMax: number[] } } };
    expect(answer.run.stability).toEqual({ step: [3], lambda1: answer.run.trajectory.lambdaMax, limit: [4] });
  });

  it('is of the preconditioned Hessian for Adam', async () => {
    const config = ['beta1', 'kind', 'weightDecay'].map((name, at) => ({
      path: ['optimiser', name],
      value: JSON.stringify([0.9, 'adam', 0][at]),
    }));
    const id = await recorded({ optimiser: 'Adam', config }, [
      {
        number: 1000,
        learningRate: 0.01,
        sharpness: 5,
        preconditionedSharpness: 3800,
        preconditionedSharpnessError: 1,
      },
    ]);
    const found = await ask(`{ run(id: "${id}") { stability { preconditioner step lambda1 limit ratio warnings } } }`);
    expect(found).toEqual({
      run: {
        stability: {
          preconditioner: 'ADAM',
          step: [1000],
          lambda1: [3800],
          limit: [expect.closeTo(3800, 6)],
          ratio: [expect.closeTo(1, 9)],
          warnings: [],
        },
      },
    });
  });

  it('says why there is no limit, and what was assumed', async () => {
    const unknown = await recorded({ optimiser: 'lion' }, [{ number: 0, learningRate: 0.1, sharpness: 2 }]);
    const bare = await recorded({ optimiser: 'sgd' }, [{ number: 0, learningRate: 0.1, sharpness: 2 }]);
    const query = (id: string): string => `{ run(id: "${id}") { stability { reason limit lambda1 onset warnings } } }`;
    expect(await ask(query(unknown))).toEqual({
      run: {
        stability: {
          reason: 'The limit of the optimiser "lion" is not known.',
          limit: [null],
          lambda1: [2],
          onset: null,
          warnings: [],
        },
      },
    });
    expect(await ask(query(bare))).toMatchObject({
      run: { stability: { limit: [20], warnings: [expect.stringContaining('assumed: momentum 0.')] } },
    });
  });

  it('refuses a tolerance or a number of points out of range', async () => {
    const id = await recorded({}, [{ number: 0 }]);
    for (const [given, message] of [
      ['tolerance: 1', 'tolerance: expected a number above 0 and below 1, got 1.'],
      ['maxPoints: 1', 'maxPoints: expected 2 to 10000, got 1.'],
    ] as const) {
      const { errors } = await api.execute(`{ run(id: "${id}") { stability(${given}) { step } } }`);
      expect(errors.map(({ message: text }) => text)).toEqual([message]);
    }
  });
});
