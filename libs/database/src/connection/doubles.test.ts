import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayLiteral } from '../probes/tridiagonal.ts';
import { readDoubles } from './doubles.ts';

describe('arrays of doubles', () => {
  it('are read as they were written, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })), (values) => {
        const read = readDoubles(arrayLiteral(values));
        expect(read).toHaveLength(values.length);
        expect(read.every((value, at) => Object.is(value, values[at]))).toBe(true);
      }),
    );
  });

  it('may be empty', () => expect(readDoubles('{}')).toEqual([]));
});
