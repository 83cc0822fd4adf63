import { describe, expect, it } from 'vitest';
import { familyOf, type RunSetting } from './familyOf.ts';

const setting = (path: string, value: unknown): RunSetting => ({ path: path.split('.'), value: JSON.stringify(value) });
const trained = (batchNorm: string, depth = 14) => ({
  architecture: `resnet-${depth}${batchNorm === 'none' ? '' : '-bn'}`,
  dataset: 'cifar10',
  settings: [
    setting('architecture.depth', depth),
    setting('architecture.batchNorm', batchNorm),
    setting('architecture.kind', 'resnet'),
    setting('architecture.residual', true),
    setting('data.kind', 'cifar10'),
    setting('data.trainExamples', 1024),
    setting('seed', 3),
  ],
});

describe('familyOf', () => {
  it('is the same with and without batch norm, whatever the names say', () => {
    expect(familyOf(trained('none'))).toBe('resnet depth 14, cifar10 trainExamples 1024');
    expect(familyOf(trained('minibatch'))).toBe(familyOf(trained('none')));
    expect(familyOf(trained('none', 20))).not.toBe(familyOf(trained('none')));
  });

  it('goes by the names where a run has no such settings', () => {
    expect(familyOf({ architecture: 'gpt-2', dataset: 'openwebtext', settings: [setting('lr', 0.1)] })).toBe(
      'gpt-2, openwebtext',
    );
  });
});
