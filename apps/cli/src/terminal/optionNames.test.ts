import { EstimationError } from '@ritz/estimation';
import { describe, expect, it } from 'vitest';
import { CliError } from './cliError.ts';
import { renamed, withOptionNames } from './optionNames.ts';

const names = { microBatch: '--batch', spectrumExamples: 'spectra.examples' };

describe('renamed', () => {
  it('names options as the user gave them, and nothing else', () => {
    expect(renamed('spectrumExamples: expected a multiple of 4, got 3.', names)).toBe(
      'spectra.examples: expected a multiple of 4, got 3.',
    );
    expect(
      renamed('lower it, memory, (microBatch, memory), in memory (memory).', { ...names, memory: '--memory' }),
    ).toBe('lower it, memory, (--batch, --memory), in memory (--memory).');
    const blocks = (name: string) => ({ blocks: name, preconditioner: '--preconditioner' });
    expect(renamed('blocks.mlp: expected a pattern', blocks('--blocks'))).toBe('--blocks mlp: expected a pattern');
    expect(renamed('blocks.mlp: expected a pattern', blocks('spectra.blocks'))).toBe(
      'spectra.blocks.mlp: expected a pattern',
    );
    expect(renamed('preconditioner[3]: expected', blocks(''))).toBe('--preconditioner[3]: expected');
    expect(renamed('steps (m): expected more', { steps: '--steps' })).toBe('--steps (m): expected more');
  });
});

describe('withOptionNames', () => {
  const failing = (error: Error): Promise<never> => withOptionNames(names, () => Promise.reject(error));

  it('changes errors about options alone', async () => {
    const option = new EstimationError('BAD_OPTION', 'microBatch: expected an integer of at least 1, got 0.');
    await expect(failing(option)).rejects.toThrow(
      new CliError('--batch: expected an integer of at least 1, got 0.', { cause: option }),
    );
    const other = new EstimationError('NON_FINITE', 'microBatch');
    await expect(failing(other)).rejects.toBe(other);
  });
});
