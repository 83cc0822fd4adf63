import { parameterCount } from '@ritz/estimation';
import { describe, expect, it } from 'vitest';
import { networkFile } from '../networks/NetworkCase.ts';
import { describedText, describeModel } from './describe.ts';
import { networkLines, requireParameterCount } from './network.ts';
import type { SpectrumOptions } from './options.ts';

const options = {
  loss: 'cross-entropy',
  operator: 'hessian',
  steps: 1,
  probes: 1,
  seed: 0,
  engine: 'auto',
  freeze: [],
  url: '',
  project: 'default',
  step: 0,
} as const;

function describeCase(name: string, changes: Partial<SpectrumOptions> = {}) {
  return describeModel({ ...options, model: networkFile(name, 'model.onnx'), ...changes } as SpectrumOptions);
}

describe('what a model file holds', () => {
  it('lists parameters and constants with the reason, without data', async () => {
    const { description } = await describeCase('gcn.dy');
    expect(description.parameters).toBe(75);
    expect(description.parameterTensors).toContainEqual({ name: 'a.weight', shape: [5, 8], count: 40 });
    expect(description.constants).toEqual([{ name: 'A', shape: [6, 6], reason: 'a buffer' }]);
    expect(describedText(description, undefined)).toMatch(/A\s+\[6, 6\]\s+a buffer/);
    expect(networkLines(description, 2)[0]?.[1]).toBe('75 in 4 tensors: a.weight [5, 8], a.bias [8], and 2 more');
  });

  it('follows patterns, of whole tensors and of rows', async () => {
    const chosen = await describeCase('gcn.ts', { parameters: ['a.*', 'A'], freeze: ['*.bias'] });
    expect(chosen.description.parameterTensors.map(({ name }) => name)).toEqual(['A', 'a.weight']);
    const rows = await describeCase('report.lm_padidx', { freeze: ['e.weight[0,2:4]'] });
    expect(rows.description.parameters).toBe(480 - 3 * 8);
    expect(rows.description.constants).toContainEqual({
      name: 'e.weight[0, 2, 3]',
      shape: [3, 8],
      reason: 'frozen rows',
    });
  });

  it('shows the mode of batch norm', async () => {
    const { description } = await describeCase('report.bn_train');
    expect(networkLines(description, 4)).toContainEqual([
      'batch norm',
      'statistics of the batch, differentiated through',
    ]);
  });

  it('refuses a loop without an end', async () => {
    await expect(describeCase('endless')).rejects.toThrow(/Loop "endless".*expected at most 10000 steps, got more/s);
  });

  it('refuses another number of parameters', async () => {
    const { trained } = await describeCase('gcn.ts');
    expect(parameterCount(trained.model)).toBe(75);
    expect(() => requireParameterCount(trained, 75)).not.toThrow();
    expect(() => requireParameterCount(trained, 111)).toThrow(
      '--expect-parameters: expected 111 parameters, got 75. List them with --describe',
    );
  });
});
