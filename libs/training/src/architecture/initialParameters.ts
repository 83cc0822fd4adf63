/** Seeded initial values of any architecture. */
import { elementCount, sizeOf, type NamedShape } from '@ritz/estimation';
import { randomStream, type RandomStream } from '../data/randomStream.ts';
import type { Architecture, Initialisation } from './Architecture.ts';

/** The parameter vector [n], drawn in its own order. */
export function initialParameters({ parameters, initialisation }: Architecture, seed: number): Float64Array {
  return fill(parameters, initialisation, randomStream(seed, 'parameters'));
}

/** The vector of buffers: mean 0 and variance 1 of every batch norm. */
export function initialBuffers({ buffers, initialisation }: Architecture): Float64Array {
  return fill(buffers, initialisation, { next: () => 0.5 });
}

function fill(
  tensors: readonly NamedShape[],
  initialisation: Readonly<Record<string, Initialisation>>,
  stream: RandomStream,
): Float64Array {
  const vector = new Float64Array(elementCount(tensors));
  let offset = 0;
  for (const { name, shape } of tensors) {
    const start = initialisation[name];
    if (!start) throw new RangeError(`${name} has no initialisation: an architecture declares one for every tensor`);
    const end = offset + sizeOf(shape);
    switch (start.kind) {
      case 'constant':
        vector.fill(start.value, offset, end);
        break;
      case 'he': {
        const bound = (start.gain ?? 1) * Math.sqrt(6 / start.fanIn);
        for (let i = offset; i < end; i++) vector[i] = bound * (2 * stream.next() - 1);
        break;
      }
    }
    offset = end;
  }
  return vector;
}
