import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parameterCount } from '@ritz/estimation';
import { describe, expect, it } from 'vitest';
import type { DataSet } from '../data/DataSet.ts';
import { makeArchitecture } from './makeArchitecture.ts';
import { parseConfig, readConfig } from './readConfig.ts';
import { spectrumSteps } from './spectrumPlan.ts';
import { scheduleOf } from './trainOptions.ts';

const minimal = `
name: small
architecture: { kind: resnet, depth: 8, width: 0.25 }
data: { kind: cifar10, trainExamples: 1000 }
schedule: { kind: step, initial: 0.1, steps: [40, 60] }
steps: 80
`;

const images: DataSet = {
  name: 'images',
  inputs: new Float32Array(3 * 32 * 32),
  labels: new Int32Array(1),
  inputShape: [3, 32, 32],
  classes: 10,
};

describe('a config', () => {
  it('needs little and has every default', () => {
    const config = parseConfig('small.yaml', minimal);
    expect(config).toMatchObject({
      project: 'default',
      architecture: { kind: 'resnet', depth: 8, width: 0.25, residual: true, batchNorm: 'minibatch' },
      schedule: { kind: 'step', initial: 0.1, factor: 0.1, steps: [40, 60] },
      optimiser: { kind: 'sgd', momentum: 0.9, weightDecay: 0 },
      batchSize: 128,
      spectra: { examples: 1000, lanczosSteps: 90, probes: 10 },
      engine: 'auto',
    });
  });

  it('is JSON as well as YAML', () => {
    const yaml = parseConfig('small.yaml', minimal);
    expect(parseConfig('small.json', JSON.stringify(yaml))).toEqual(yaml);
  });

  it('takes overrides on top, nested ones too', () => {
    const config = parseConfig('small.yaml', minimal, [
      'seed=7',
      'architecture.batchNorm=population',
      'schedule={ kind: cosine, initial: 0.2 }',
      'spectra.probes=2',
    ]);
    expect([config.seed, config.spectra.probes]).toEqual([7, 2]);
    expect(config.architecture).toMatchObject({ batchNorm: 'population', depth: 8 });
    expect(scheduleOf(config)).toEqual({ kind: 'cosine', initial: 0.2, totalSteps: 80 });
  });

  it.each<[string, string[], string]>([
    ['a misspelt key', ['bachSize=4'], 'bachSize: unknown key; did you mean batchSize?'],
    ['a misspelt key further in', ['architecture.widht=2'], 'architecture.widht: unknown key; did you mean width?'],
    ['a key that is like none', ['spectra.colour=2'], 'spectra.colour: unknown key (known here: steps, logSpaced,'],
    [
      'a key of another kind',
      ['optimiser={ kind: adam, momentum: 0.9 }'],
      'optimiser.momentum: unknown key (known here: kind, beta1, beta2, epsilon, weightDecay)',
    ],
    ['a value of the wrong type', ['steps=many'], 'steps: expected a number, got "many"'],
    ['a number that is not whole', ['steps=1.5'], 'steps: expected an integer, got 1.5'],
    ['a number that is none', ['schedule.initial=.nan'], 'schedule.initial: expected a number, got NaN'],
    [
      'a value out of range',
      ['optimiser={ kind: sgd, momentum: 1 }'],
      'optimiser.momentum: expected a number below 1, got 1',
    ],
    ['a text that is too long', [`name=${'x'.repeat(201)}`], 'name: expected text of at most 200 characters, got "xxx'],
    [
      'an unknown kind',
      ['schedule={ kind: cosin }'],
      'schedule.kind: expected one of constant, step, cosine, warmup-cosine, one-cycle, piecewise, got "cosin"; did you mean cosine?',
    ],
    ['an unknown engine', ['engine=onnx-cpus'], 'tfjs-webgpu, tfjs-wasm, got "onnx-cpus"; did you mean onnx-cpu?'],
    ['a value that is missing', ['schedule={ kind: constant }'], 'schedule.rate is missing: expected a number'],
    ['a key inside a value', ['name.first=1'], '"name.first=1": name is a value, which has no keys'],
    ['spectra after the end', ['spectra={ steps: [5, 81] }'], 'spectra.steps: 81: this run ends at step 80'],
    [
      'spectra around drops that are none',
      ['spectra.aroundDrops=5', 'schedule={ kind: constant, rate: 1 }'],
      'spectra.aroundDrops: a schedule of kind constant has no drops',
    ],
    ['an override without a value', ['seed'], '"seed" is not of the form path.to.key=value'],
    ['an override that is no YAML', ['seed={'], '--set is invalid'],
  ])('refuses %s', (_, overrides, message) => {
    expect(() => parseConfig('small.yaml', minimal, overrides)).toThrow(message);
  });

  it('names all faults at once', () => {
    expect(() => parseConfig('small.yaml', minimal, ['seed=-1', 'batchSize=0'])).toThrow(
      /small\.yaml is invalid:\n {2}batchSize: .*\n {2}seed: /,
    );
  });

  it('names the file that cannot be read, is empty, or is no YAML', async () => {
    const file = path.join(await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-config-')), 'run.yaml');
    await expect(readConfig(file)).rejects.toThrow(`${file} cannot be read (ENOENT).`);
    await fs.writeFile(file, '');
    await expect(readConfig(file)).rejects.toThrow('it is empty');
    await fs.writeFile(file, '- name');
    await expect(readConfig(file)).rejects.toThrow('the file: expected keys with values, got ["name"]');
    await fs.writeFile(file, 'name');
    await expect(readConfig(file, ['steps=1'])).rejects.toThrow('"steps=1": the file holds no keys');
    await fs.writeFile(file, 'name: [1, 2');
    await expect(readConfig(file)).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await fs.rm(path.dirname(file), { recursive: true });
  });
});

describe('the steps with spectra', () => {
  it('are all that are asked for, together', () => {
    const plan = (spectra: string): number[] =>
      spectrumSteps(parseConfig('small.yaml', minimal, [`spectra=${spectra}`]));
    expect(plan('{ steps: [5, 3] }')).toEqual([3, 5]);
    expect(plan('{ steps: [] }')).toEqual([]);
    expect(plan('{ examples: 60 }')).toEqual(plan('{ logSpaced: 8 }'));
    expect(plan('{ every: 30 }')).toEqual([0, 30, 60]);
    expect(plan('{ aroundDrops: 5, every: 80 }')).toEqual([0, 40, 45, 60, 65, 80]);
    const spaced = plan('{ logSpaced: 5 }');
    expect([spaced[0], spaced.at(-1), spaced.length]).toEqual([0, 80, 5]);
  });
});

describe('the net of a config', () => {
  it.each<[string, number]>([
    ['{ kind: mlp, hidden: [20] }', 3072 * 20 + 20 + 210],
    ['{ kind: resnet, depth: 20 }', 269_722],
    ['{ kind: vgg-11, batchNorm: none }', 9_225_610],
    // Per block 12 D² + 13 D; patches 48 D + D, positions 64 D, last norm 2 D, classifier 10 D + 10.
    ['{ kind: transformer, depth: 2, dimension: 32, heads: 4 }', 2 * (12 * 1024 + 13 * 32) + 32 * (49 + 64 + 12) + 10],
  ])('%s', (architecture, count) => {
    const config = parseConfig('small.yaml', minimal, [`architecture=${architecture}`]);
    expect(parameterCount(makeArchitecture(config.architecture, images))).toBe(count);
  });

  it('says what it takes when the data does not fit', () => {
    const { architecture } = parseConfig('small.yaml', minimal);
    const vectors = { ...images, name: 'vectors', inputShape: [784] };
    expect(() => makeArchitecture(architecture, vectors)).toThrow('resnet takes images [channels, rows, columns]');
    const coloursLast = { ...images, name: 'photos', inputShape: [32, 32, 3] };
    expect(() => makeArchitecture(architecture, coloursLast)).toThrow('photos has [32, 32, 3]: its colours come last.');
  });
});
