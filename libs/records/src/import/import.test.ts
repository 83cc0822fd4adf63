import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseArray } from '../testing/npy.ts';
import { temporaryFolder } from '../testing/temporaryFolder.ts';
import { curvlinopsOf } from './curvlinops.ts';
import { importedRecords, type ImportSettings } from './importedRecords.ts';
import { readMeasuredFile, type MeasuredFile } from './measuredFile.ts';
import { quadraturesOf } from './quadratures.ts';
import { tridiagonalsOf, type NumericArray } from './tridiagonals.ts';

const fixtures = path.resolve(import.meta.dirname, '../../../../tools/fixtures/peers');
const fixture = (name: string): string => path.join(fixtures, name);

async function one(file: string): Promise<MeasuredFile> {
  const [measured, ...others] = await readMeasuredFile(file, parseArray);
  if (!measured || others.length > 0) throw new Error(`${file}: not one spectrum`);
  return measured;
}

interface Expected {
  readonly alpha: number[][];
  readonly beta: number[][];
}
const expected = JSON.parse(await readFile(fixture('expected.json'), 'utf8')) as Expected;

describe('tridiagonal matrices of google/spectral-density', () => {
  it.each(['tridiagonals.npy', 'tridiagonals.npz'])('%s are read to the precision they were saved in', async (name) => {
    const { probes, tool } = await one(fixture(name));
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

describe('Ritz values and vectors of curvlinops', () => {
  it('are read with the weights of their first entries', async () => {
    const { probes, tool } = await one(fixture('curvlinops.npz'));
    expect(tool).toEqual({ engine: 'curvlinops', probeLaw: 'sphere', reorthogonalisation: 'none' });
    expect(probes).toHaveLength(2);
    probes.forEach((probe, run) => {
      if (!('nodes' in probe)) throw new Error('no Ritz values');
      // The moments of a tridiagonal T: e1' T^p e1.
      const moment = (power: number): number =>
        probe.nodes.reduce((sum, node, at) => sum + (probe.weights[at] ?? NaN) * node ** power, 0);
      const [alpha = NaN] = expected.alpha[run] ?? [];
      const [beta = NaN] = expected.beta[run] ?? [];
      expect(moment(0)).toBeCloseTo(1, 5);
      expect(moment(1)).toBeCloseTo(alpha, 5);
      expect(moment(2)).toBeCloseTo(alpha ** 2 + beta ** 2, 4);
    });
  });

  const array = (shape: readonly number[], ...data: number[]): NumericArray => ({
    shape,
    data: Float64Array.from(data),
  });

  it('may be of one start vector', () => {
    expect(curvlinopsOf('x', array([2], 1, 2), array([2, 2], 0.6, 0.8, 0.8, -0.6))).toEqual([
      { nodes: [1, 2], weights: [0.36, 0.64].map((weight) => expect.closeTo(weight, 12) as number) },
    ]);
  });

  it.each([
    [array([2], 1, 2), array([2], 0.6, 0.8), /got \[2\] and \[2\]/],
    [array([1], NaN), array([1, 1], 1), /got NaN or Infinity/],
    [array([1], 1), array([1, 1], 0.5), /whose first row has length 1, got 0\.5/],
  ])('that do not fit are refused, saying why', (values, vectors, message) => {
    expect(() => curvlinopsOf('x.npz', values, vectors)).toThrow(message);
  });
});

describe('eigenvalues and weights of PyHessian', () => {
  it('are read as they were saved', async () => {
    const { probes, tool } = await one(fixture('pyhessian.json'));
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

describe('samples made by the tools themselves', () => {
  it.each(['pyhessian.json', 'curvlinops.npz', 'eigenthings.json'])(
    '%s has the extremes of the Hessian',
    async (name) => {
      const exact = JSON.parse(await readFile(fixture('made/exact.json'), 'utf8')) as number[];
      const { probes } = await one(fixture(`made/${name}`));
      expect(probes).toHaveLength(2);
      for (const probe of probes) {
        if (!('nodes' in probe)) throw new Error('no Ritz values');
        expect(probe.nodes).toHaveLength(12);
        expect(Math.max(...probe.nodes)).toBeCloseTo(Math.max(...exact), 4);
        expect(Math.min(...probe.nodes)).toBeCloseTo(Math.min(...exact), 4);
        expect(probe.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
      }
    },
  );
});

/** Made after the formats of these tools. */
describe('JSON of other tools', () => {
  const written = async (files: Readonly<Record<string, string>>): Promise<string> => {
    const folder = await temporaryFolder();
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    return path.join(folder, Object.keys(files)[0] ?? '');
  };

  it('of hessian-eigenthings is read without the padding', async () => {
    const lists = '"raw_eigenvalues": [[1, 2, 3], [1.5, 2.5, NaN]], "raw_weights": [[0.25, 0.5, 0.25], [0.5, 0.5, 0]]';
    const measured = await one(
      await written({ 'density.json': `{"grid": [0], "density": [1], ${lists}, "sigma": 0.1}` }),
    );
    expect(measured.tool).toEqual({ engine: 'hessian-eigenthings', probeLaw: 'rademacher' });
    expect(measured.probes).toEqual([
      { nodes: [1, 2, 3], weights: [0.25, 0.5, 0.25] },
      { nodes: [1.5, 2.5], weights: [0.5, 0.5] },
    ]);
  });

  it('of block-wise spectra is one spectrum for each block', async () => {
    const files = {
      'values_layer.json': '{"wte.weight": [[1, 2]], "head": [[3, 4]]}',
      'weights_layer.json': '{"wte.weight": [[0.5, 0.5]], "head": [[0.25, 0.75]]}',
      'sizes_layer.json': '{"wte.weight": 20, "head": 10}',
    };
    const measured = await readMeasuredFile(await written(files), parseArray);
    const settings = { name: 'x', project: 'p', experiment: 'e', architecture: 'gpt2', dataset: 'd', optimiser: 'o' };
    const about = { ...settings, learningRate: 1, parameters: 30, dataSize: 5, seed: 0 };
    expect(importedRecords(measured, { ...about, steps: [7] })).toMatchObject([
      { kind: 'run', parameterCount: 30 },
      { block: 'wte.weight', step: 7, parameterCount: 20, reorthogonalisation: 'none' },
      { block: 'head', step: 7, parameterCount: 10, probes: [{ nodes: [3, 4], weights: [0.25, 0.75] }] },
      { kind: 'finish' },
    ]);
    const whole = await written({ 'values_full.json': '{"values": [[1]]}', 'weights_full.json': '{"weights": [[1]]}' });
    expect(await one(whole)).toMatchObject({ probes: [{ nodes: [1], weights: [1] }] });
  });

  it.each([
    [{ 'values_full.json': '{"values": [[1]]}' }, /expected weights_full\.json beside it/],
    [{ 'values_layer.json': '{}', 'weights_layer.json': '{}' }, /sizes_layer\.json beside it.*p\.numel\(\)/],
    [{ 'values_full.json': '{}', 'weights_full.json': '{"weights": [[1]]}' }, /expected \{"values": …\}/],
    [{ 'curve.json': '{"grid": [0, 1], "density": [1, 1]}' }, /got a smoothed density on a grid/],
    [{ 'x.json': '{"raw_eigenvalues": [[1, NaN]], "raw_weights": [[0.5, 0.5]]}' }, /list of finite numbers/],
  ])('%j is refused, saying why', async (files, message) => {
    await expect(readMeasuredFile(await written(files), parseArray)).rejects.toThrow(message);
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
      ...(await readMeasuredFile(fixture('tridiagonals.npy'), parseArray)),
      ...(await readMeasuredFile(fixture('tridiagonals.npz'), parseArray)),
    ];
    const records = importedRecords(files, settings);
    expect(importedRecords(files, settings)).toEqual(records);
    expect(records.map(({ kind }) => kind)).toEqual(['run', 'spectrum', 'finish']);
    expect(records[1]).toMatchObject({ step: 0, lanczosSteps: 6, probes: [0, 1, 2, 3].map((index) => ({ index })) });
  });

  it('have a spectrum for each file that a step is given for', async () => {
    const files = [
      ...(await readMeasuredFile(fixture('tridiagonals.npy'), parseArray)),
      ...(await readMeasuredFile(fixture('pyhessian.json'), parseArray)),
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
