import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fingerprint } from './fingerprint.ts';

const inputs = Float32Array.from([1, 2, 3, 4]);
const labels = Int32Array.from([0, 1]);

describe('fingerprint', () => {
  it('is the SHA-256 of the bytes of inputs and labels', () => {
    const bytes = Buffer.from('0000803f000000400000404000008040' + '0000000001000000', 'hex');
    expect(fingerprint({ inputs, labels })).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('is of the examples alone, not of what lies around them in memory', () => {
    const around = Float32Array.from([9, 1, 2, 3, 4, 9]);
    expect(fingerprint({ inputs: around.subarray(1, 5), labels })).toBe(fingerprint({ inputs, labels }));
  });

  it('knows the order and the labels', () => {
    const prints = [
      fingerprint({ inputs, labels }),
      fingerprint({ inputs: inputs.slice().reverse(), labels }),
      fingerprint({ inputs, labels: Int32Array.from([1, 0]) }),
    ];
    expect(new Set(prints).size).toBe(3);
  });
});
