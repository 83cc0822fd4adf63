/** Which loss is chosen for which outputs and labels. */
import { describe, expect, it } from 'vitest';
import type { Shape } from '@ritz/estimation';
import { chooseLoss, type ChosenLoss } from './loss.ts';
import type { KnownLoss } from './knownLoss.ts';

interface Given {
  readonly shape: Shape;
  readonly values?: readonly number[];
  readonly type?: 'float' | 'int';
  readonly ending?: Parameters<typeof chooseLoss>[2];
}

async function choose(options: Partial<KnownLoss>, outputs: Shape, given: Given): Promise<ChosenLoss> {
  const { shape, type = 'int', ending = null } = given;
  const size = shape.reduce((product, length) => product * length, 1);
  const data = Float64Array.from(given.values ?? new Array<number>(size).fill(0));
  const source = { file: 'y.npy', labels: { shape, type, data }, outputs };
  return chooseLoss({ loss: 'cross-entropy', ...options }, source, ending);
}

describe('the class axis', () => {
  it.each<[Shape, Shape, number | undefined]>([
    [[5, 3], [5], undefined],
    [[5, 4, 3], [5, 4], undefined],
    [[5, 3, 4], [5, 4], 1],
    [[5, 3, 6, 7], [5, 6, 7], 1],
    [[5, 6, 7, 3], [5, 6, 7], undefined],
    [[5, 3, 6, 7], [5, 1, 6, 7], 1],
  ])('of outputs %j and labels %j is %s', async (outputs, shape, axis) => {
    const { loss } = await choose({}, outputs, { shape });
    expect(loss).toEqual({ kind: 'softmaxCrossEntropy', ...(axis !== undefined && { classAxis: axis }) });
  });

  it('is asked for where the shapes do not say it', async () => {
    await expect(choose({}, [5, 4, 4], { shape: [5, 4] })).rejects.toThrow(
      '--class-axis: outputs [N, 4, 4] and labels [N, 4] do not say where the classes are. Give --class-axis 1 (as in PyTorch) or --class-axis 2.',
    );
    expect((await choose({ classAxis: 1 }, [5, 4, 4], { shape: [5, 4] })).loss).toMatchObject({ classAxis: 1 });
    expect((await choose({ classAxis: 2 }, [5, 4, 4], { shape: [5, 4] })).loss).toEqual({
      kind: 'softmaxCrossEntropy',
    });
    const soft = { shape: [2, 2, 2], type: 'float', values: [1, 1, 0, 0, 0.5, 0.5, 0.5, 0.5] } as const;
    await expect(choose({}, [2, 2, 2], soft)).rejects.toThrow('--class-axis 1 (as in PyTorch) or --class-axis 2.');
    expect((await choose({ classAxis: 1 }, [2, 2, 2], soft)).loss).toMatchObject({
      targets: 'probabilities',
      classAxis: 1,
    });
    await expect(choose({ classAxis: 2 }, [2, 2, 2], soft)).rejects.toThrow(
      'got a sum of 2 in row 0, elements 0 to 1.',
    );
  });

  it('is refused where the labels have another shape', async () => {
    await expect(choose({ classAxis: 1 }, [5, 3, 4], { shape: [5, 3] })).rejects.toThrow(
      'y.npy: expected class indices [N, 4] for outputs [N, 3, 4], got shape [5, 3].',
    );
    await expect(choose({}, [5], { shape: [5] })).rejects.toThrow('expected outputs [N, classes], got [N]');
    await expect(choose({ loss: 'mean-squared-error' }, [5, 3, 4], { shape: [5, 4, 3] })).rejects.toThrow(
      'expected targets [N, 3, 4] for --loss mean-squared-error, got shape [5, 4, 3].',
    );
  });
});

describe('labels that do not count', () => {
  it('are −100 unless another label is given', async () => {
    const given = { shape: [3], values: [0, -100, 2] };
    expect((await choose({}, [3, 3], given)).loss).toMatchObject({ ignoreIndex: -100 });
    await expect(choose({ ignoreIndex: 1 }, [3, 3], given)).rejects.toThrow(
      'expected classes 0 to 2, as the model has, got -100 in row 1.',
    );
    await expect(choose({}, [3, 3], { shape: [3], values: [0, -1, 2] })).rejects.toThrow('got -1 in row 1.');
  });
});

describe('the activation at the end', () => {
  it('of a cross-entropy is left off where it is over the classes', async () => {
    const softmax = { shape: [5], ending: { activation: 'softmax', axis: 1 } } as const;
    expect((await choose({}, [5, 3], softmax)).withoutFinal).toBe('softmax');
    const other = { shape: [5, 4], ending: { activation: 'softmax', axis: 2 } } as const;
    const kept = await choose({}, [5, 3, 4], other);
    expect(kept.withoutFinal).toBeNull();
    expect(kept.warnings.join()).toMatch('The model ends in a softmax over axis 2, which --loss');
  });

  it('makes a cross-entropy of the likelihood of log-probabilities, which has a Gauss–Newton matrix', async () => {
    const ended = { shape: [5], ending: { activation: 'logSoftmax', axis: 1 } } as const;
    expect((await choose({ loss: 'nll' }, [5, 3], ended)).loss).toEqual({ kind: 'softmaxCrossEntropy' });
    expect((await choose({ loss: 'nll' }, [5, 3], { shape: [5] })).loss).toMatchObject({
      kind: 'negativeLogLikelihood',
    });
    const softmax = { shape: [5], ending: { activation: 'softmax', axis: 1 } } as const;
    await expect(choose({ loss: 'nll' }, [5, 3], softmax)).rejects.toThrow(
      '--loss nll: expected a model that ends in log',
    );
    expect((await choose({ loss: 'nll', outputs: 'probabilities' }, [5, 3], softmax)).loss).toMatchObject({
      outputs: 'probabilities',
    });
  });
});

describe('options', () => {
  it('are refused by losses that do not take them', async () => {
    await expect(choose({ loss: 'huber', labelSmoothing: 0.1 }, [5, 3], { shape: [5, 3] })).rejects.toThrow(
      '--label-smoothing: expected --loss cross-entropy, got --loss huber. Leave --label-smoothing out.',
    );
    await expect(choose({ loss: 'output', reduction: 'sum' }, [], { shape: [5] })).rejects.toThrow(
      '--reduction: expected --loss',
    );
  });

  it('make the loss', async () => {
    const weighted = await choose({ classWeights: '1, 2,0.5', reduction: 'token-mean' }, [5, 3], { shape: [5] });
    expect(weighted.loss).toMatchObject({ classWeights: [1, 2, 0.5], reduction: 'token-mean' });
    const huber = await choose({ loss: 'huber', delta: 0.5 }, [5, 3], { shape: [5, 3] });
    expect(huber.loss).toEqual({ kind: 'huber', delta: 0.5 });
    await expect(choose({ classWeights: 'none.npy' }, [5, 3], { shape: [5] })).rejects.toThrow(
      'none.npy cannot be read',
    );
  });
});
