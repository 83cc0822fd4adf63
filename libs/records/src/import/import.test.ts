import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArray } from '../testing/npy.ts';
import { temporaryFolder } from '../testing/temporaryFolder.ts';
import { importedRecords, type ImportSettings } from './importedRecords.ts';
import { readMeasuredFile } from './measuredFile.ts';
import { quadraturesOf } from './quadratures.ts';
import { tridiagonalsOf } from './tridiagonals.ts';

const fixtures = path.resolve(import.meta.dirname, '../../../../tools/fixtures/peers');
const fixture = (name: string): string => path.join(fixtures, name);

interface Expected {
  readonly alpha: number[][];
  readonly beta: number[][];
}
const expected = JSON.parse(await readFile(fixture('expected.json'), 'utf8')) as Expected;

describe('tridiagonal matrices of google/spectral-density', () => {
  it.each(['tridiagonals.npy', 'tridiagonals.npz'])('%s are read to the precision they were saved in', async (name) => {
    const { probes, tool } = await readMeasuredFile(fixture(name), parseArray);
    expect(tool.engine).toBe('spectral-density');
    expect(probes).toHaveLength(2);
    probes.forEach((probe, index) => {
      if (!('alpha' in probe)) throw new Error('no tridiagonal');
      expect(probe.alpha).toHaveLength(6);
      expect(probe.beta).toHaveLength(5);
      probe.alpha.forEach((value, at) => expect(value).toBeCloseTo(expected.alpha[index]?.[at] ?? NaN, 5));
      probe.beta.forEach((value, at) => expect(value).toBeCloseTo(expected.beta[index]?.[at] ?? NaN, 5));
    });
  });

  it.each([
    [[4], [1, 2, 3, 4], /shape \[4\]/],
    [[2, 3], [1, 2, 3, 4, 5, 6], /shape \[2, 3\]/],
    [[2, 2], [1, 2, 3, 4], /not symmetric.*\[1, 0\] = 3/],
    [[3, 3], [1, 0, 9, 0, 1, 0, 9, 0, 1], /not tridiagonal.*\[2, 0\] = 9/],
    [[1, 1], [Number.NaN], /NaN or Infinity/],
  ])('of shape %j that are none are refused, saying why', (shape, values, message) => {
    expect(() => tridiagonalsOf('a.npy', { shape, data: Float64Array.from(values) })).toThrow(message);
  });
});

describe('eigenvalues and weights of PyHessian', () => {
  it('are read as they were saved', async () => {
    const { probes, tool } = await readMeasuredFile(fixture('pyhessian.json'), parseArray);
    expect(tool).toEqual({ engine: 'pyhessian', probeLaw: 'rademacher' });
    expect(probes).toHaveLength(2);
    expect(Math.max(...probes.flatMap((probe) => ('nodes' in probe ? probe.nodes : [])))).toBeCloseTo(9, 3);
  });

  it('may be named', () => {
    expect(quadraturesOf('x', '{"eigenvalues": [[1, 2]], "weights": [[0.25, 0.75]]}')).toEqual([
      { nodes: [1, 2], weights: [0.25, 0.75] },
    ]);
  });

  it.each([
    ['[[[1]], [[NaN]]]', /got NaN/],
    ['{', /not JSON/],
    ['[[[1]]]', /expected \[eigenvalues, weights\]/],
    ['[[[1, 2]], [[1]]]', /as many weights as eigenvalues, got 1 and 2/],
    ['[[[1, 2]], [[0.5, 0.1]]]', /got a sum of 0\.6/],
    ['[[["1"]], [[1]]]', /list of finite numbers/],
  ])('%s is refused, saying why', (text, message) => {
    expect(() => quadraturesOf('x.json', text)).toThrow(message);
  });
});

describe('the records of an import', () => {
  const settings: ImportSettings = {
    name: 'imported',
    project: 'default',
    experiment: 'default',
    architecture: 'resnet-32',
    dataset: 'cifar-10',
    optimiser: 'sgd',
    learningRate: 0.1,
    parameters: 30,
    dataSize: 1000,
    seed: 1,
  };

  it('are the same each time, and one spectrum of all start vectors', async () => {
    const files = [
      await readMeasuredFile(fixture('tridiagonals.npy'), parseArray),
      await readMeasuredFile(fixture('tridiagonals.npz'), parseArray),
    ];
    const records = importedRecords(files, settings);
    expect(importedRecords(files, settings)).toEqual(records);
    expect(records.map(({ kind }) => kind)).toEqual(['run', 'spectrum', 'finish']);
    expect(records[1]).toMatchObject({ step: 0, lanczosSteps: 6, probes: [0, 1, 2, 3].map((index) => ({ index })) });
  });

  it('have a spectrum for each file that a step is given for', async () => {
    const files = [
      await readMeasuredFile(fixture('tridiagonals.npy'), parseArray),
      await readMeasuredFile(fixture('pyhessian.json'), parseArray),
    ];
    const steps = importedRecords(files, { ...settings, steps: [0, 100] }).filter(({ kind }) => kind === 'spectrum');
    expect(steps).toMatchObject([
      { step: 0, engine: 'spectral-density' },
      { step: 100, engine: 'pyhessian' },
    ]);
    expect(() => importedRecords(files, { ...settings, steps: [0] })).toThrow(
      /--steps: expected one distinct step per file, 2 in all, got 0/,
    );
    expect(() => importedRecords(files, settings)).toThrow(/spectral-density and pyhessian/);
  });

  it('are not made of files of other kinds', async () => {
    const file = path.join(await temporaryFolder(), 'x.pt');
    await writeFile(file, 'x');
    await expect(readMeasuredFile(file, parseArray)).rejects.toThrow(/expected \.npy or \.npz/);
    await expect(readMeasuredFile('/nowhere.npy', parseArray)).rejects.toThrow(/expected a readable file/);
  });
});
