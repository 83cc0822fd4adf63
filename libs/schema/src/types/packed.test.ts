import { describe, expect, it } from 'vitest';
import { packed } from './packed.ts';

describe('packed', () => {
  it('keeps every double bit for bit, little-endian', () => {
    const values = [0.1 + 0.2, -0, 5e-324, 1.7976931348623157e308, -1 / 3];
    const bytes = Buffer.from(packed(values), 'base64');
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    expect(values.map((_, at) => view.getFloat64(8 * at, true))).toEqual(values);
  });

  it('of nothing is empty', () => {
    expect(packed([])).toBe('');
  });
});
