import { describe, expect, it } from 'vitest';
import { conditionsOf } from './where.ts';

describe('conditions on runs', () => {
  it('are numbers of the catalogue and of the log, at a position', () => {
    expect(conditionsOf('lambda1 >= 50 and negativeMass.first <= 0.1, testAccuracy.max >= 0.9')).toEqual({
      ok: true,
      filter: {
        statistics: [
          { statistic: { name: 'LAMBDA_MAX', at: 'LAST' }, atLeast: 50 },
          { statistic: { name: 'NEGATIVE_MASS', at: 'FIRST' }, atMost: 0.1 },
        ],
        measures: [{ measure: { name: 'TEST_ACCURACY', at: 'MAX' }, atLeast: 0.9 }],
      },
    });
  });

  it('are statistics at a moment of the training', () => {
    expect(conditionsOf('lambda1@loss:0.1 >= 50 and ratio@progress:0.5 <= 3')).toEqual({
      ok: true,
      filter: {
        statistics: [
          { statistic: { name: 'LAMBDA_MAX', near: { alignment: 'LOSS', position: 0.1 } }, atLeast: 50 },
          { statistic: { name: 'RATIO', near: { alignment: 'PROGRESS', position: 0.5 } }, atMost: 3 },
        ],
      },
    });
    expect(conditionsOf('lambda1@height:3 > 1')).toMatchObject({ ok: false });
  });

  it('leave the number itself out where they are strict', () => {
    const bound = (text: string) => {
      const found = conditionsOf(text);
      return found.ok ? found.filter.statistics?.[0] : undefined;
    };
    expect(bound('lambda1 > 50')?.atLeast).toBe(50.000000000000007);
    expect(bound('lambda1 < 50')?.atMost).toBe(49.99999999999999);
    expect(bound('lambdaMin < -1')?.atMost).toBe(-1.0000000000000002);
    expect(bound('lambdaMin > 0')?.atLeast).toBe(Number.MIN_VALUE);
    expect(bound('ratio = 3')).toMatchObject({ atLeast: 3, atMost: 3 });
  });

  it('are settings, free-form ones too', () => {
    expect(conditionsOf('batchNorm = none and residual = yes; tag = paper & config.augment.flip = true')).toEqual({
      ok: true,
      filter: {
        batchNorm: ['NONE'],
        residual: true,
        tags: ['paper'],
        config: [{ path: 'augment.flip', equals: 'true' }],
      },
    });
    expect(conditionsOf('config.lr > 0.01')).toMatchObject({ filter: { config: [{ path: 'lr' }] } });
  });

  it.each([
    ['lambda1 > many', 'lambda1: expected a number, got “many”'],
    ['lambda1', 'expected “name > number” or “name = value”, got “lambda1”'],
    ['sharpness > 3', 'sharpness is neither a statistic, a measure nor a setting'],
    ['status = sleeping', 'status: got “sleeping”, which is none of its values'],
    ['project > 3', 'project: expected “=”, got “>”'],
  ])('are refused where they say nothing: %s', (text, fault) => {
    expect(conditionsOf(text)).toEqual({ ok: false, fault });
  });

  it('are none in an empty text', () => {
    expect(conditionsOf('  ')).toEqual({ ok: true, filter: {} });
  });
});
