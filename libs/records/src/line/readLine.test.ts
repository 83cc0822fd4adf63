/** Lines of the interchange format: their defaults, the words of earlier versions, and what is said of what is wrong. */
import { describe, expect, test } from 'vitest';
import { RecordError } from '../RecordError.ts';
import { readLine } from './readLine.ts';
import type { RecordLine } from './line.ts';

const runId = '7c0a0b0e-8f9c-4f3e-9a51-0d1a3a1f2b3c';

const run: RecordLine = {
  v: 1,
  kind: 'run',
  id: runId,
  name: 'constant rate',
  architecture: 'mlp',
  dataset: 'mnist',
  optimiser: 'SGD',
  schedule: { kind: 'constant', initial: 0.1 },
  seed: 1,
};

const spectrum: RecordLine = {
  v: 1,
  kind: 'spectrum',
  id: '9d7a0b0e-8f9c-4f3e-9a51-0d1a3a1f2b3c',
  runId,
  step: 0,
  parameterCount: 100,
  lanczosSteps: 3,
  seed: 0,
  precision: 'float32',
  dataSize: 10,
  dataFingerprint: '',
  hvpCount: 3,
  seconds: 1,
  engine: 'onnx-cpu',
  probes: [{ index: 0, seed: 1, alpha: [1, 2, 3], beta: [1, 1, 0] }],
};

function read(line: object) {
  return readLine(JSON.stringify(line));
}

function faultOf(line: object | string): Pick<RecordError, 'code' | 'message' | 'field'> {
  try {
    readLine(typeof line === 'string' ? line : JSON.stringify(line));
  } catch (error) {
    if (error instanceof RecordError) return { code: error.code, message: error.message, field: error.field };
    throw error;
  }
  throw new Error('The line was accepted.');
}

describe('readLine', () => {
  test('fills in every default', () => {
    expect(read(run)).toMatchObject({ project: 'default', batchNorm: 'none', residual: false, tags: [], notes: null });
    expect(read(spectrum)).toMatchObject({
      operator: 'hessian',
      block: 'all',
      probeLaw: 'sphere',
      lossReduction: 'mean',
    });
  });

  test('reads the constants of earlier versions as the same words', () => {
    const old = { ...run, batchNorm: 'MINIBATCH', schedule: { kind: 'WARMUP_COSINE', initial: 1, warmupSteps: 2 } };
    expect(read(old)).toMatchObject({ batchNorm: 'minibatch', schedule: { kind: 'warmup-cosine' } });
    const measured = {
      ...spectrum,
      operator: 'GGN',
      precision: 'FLOAT64',
      gradientOverlap: [{ k: 1, gradient: 'MINI_BATCH', fraction: 0.5 }],
    };
    expect(read(measured)).toMatchObject({
      operator: 'ggn',
      precision: 'float64',
      gradientOverlap: [{ gradient: 'mini-batch' }],
    });
    expect(read({ v: 1, kind: 'finish', runId, status: 'INTERRUPTED' })).toMatchObject({ status: 'interrupted' });
  });

  test.each<[string, object | string, object]>([
    [
      'another word',
      { ...spectrum, operator: 'banana' },
      {
        code: 'INVALID',
        field: ['operator'],
        message: 'operator: expected hessian, ggn, residual, fisher or gradient-covariance, got "banana".',
      },
    ],
    [
      'no precision',
      { ...spectrum, precision: undefined },
      { code: 'INVALID', field: ['precision'], message: 'precision: expected float32 or float64, got nothing.' },
    ],
    [
      'an unknown field',
      { ...run, colour: 'red' },
      { code: 'INVALID', field: ['colour'], message: 'colour: unknown field. Remove it, or correct its name.' },
    ],
    [
      'fewer rates than steps',
      { ...run, schedule: { kind: 'piecewise', initial: 0.1, steps: [0, 10], rates: [0.1] } },
      {
        code: 'INVALID',
        field: ['schedule', 'rates'],
        message: 'schedule.rates: expected a rate for each of the 2 steps, got 1.',
      },
    ],
    [
      'rates of a schedule without any',
      { ...run, schedule: { kind: 'constant', initial: 0.1, rates: [0.1] } },
      { code: 'INVALID', message: 'schedule.rates: expected no rates of a constant schedule, got 1.' },
    ],
    [
      'a fraction where an integer belongs',
      { ...run, classes: 1.5 },
      { code: 'INVALID', field: ['classes'], message: 'classes: expected an integer, got 1.5.' },
    ],
    [
      'a number outside its range',
      { ...spectrum, lanczosSteps: 0 },
      { code: 'INVALID', message: 'lanczosSteps: expected an integer from 1 to 10000, got 0.' },
    ],
    [
      'columns that do not fit',
      { ...spectrum, probes: [{ index: 0, seed: 1, alpha: [1, 2, 3], beta: [1] }] },
      { code: 'INVALID', message: 'probes[0].beta: expected 2 or 3 entries for 3 of alpha, got 1.' },
    ],
    [
      'a number that is not finite',
      '{"v":1,"kind":"step","runId":"x","number":0,"trainLoss":NaN}',
      {
        code: 'NON_FINITE',
        message:
          'The line: expected JSON, got NaN. Numbers that are not finite cannot be stored: leave them out, or send null.',
      },
    ],
    ['text that is not JSON', 'run', { code: 'INVALID', message: 'The line: expected one JSON object per line.' }],
    [
      'an unknown kind',
      { v: 1, kind: 'walk' },
      { code: 'INVALID', message: 'kind: expected run, step, spectrum, overlap, rewind or finish, got "walk".' },
    ],
  ])('refuses %s', (_what, line, fault) => {
    expect(faultOf(line)).toMatchObject(fault);
  });
});
