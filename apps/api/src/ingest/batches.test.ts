import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inBatches } from './batches.ts';

async function collect(source: AsyncIterator<readonly string[], void>, wait = 1000): Promise<string[][]> {
  const batches: string[][] = [];
  for await (const batch of inBatches(source, (item) => item.length, { items: 3, size: 10, wait })) batches.push(batch);
  return batches;
}

async function* given(...parts: string[][]): AsyncGenerator<string[], void> {
  yield* parts;
}

describe('batches', () => {
  it.each([
    ['full by number', given(['a'], ['b'], ['c'], ['d']), [['a', 'b', 'c'], ['d']]],
    ['full by size', given(['aaaaaa'], ['bbbb'], ['c']), [['aaaaaa', 'bbbb'], ['c']]],
    [
      'larger than the limits where so much comes at once',
      given(['a', 'b', 'c', 'd', 'e']),
      [['a', 'b', 'c', 'd', 'e']],
    ],
    ['none for nothing', given(), []],
  ])('are %s', async (_what, source, expected) => {
    expect(await collect(source)).toEqual(expected);
  });

  it('do not wait for more for longer than they may', async () => {
    async function* stalling(): AsyncGenerator<string[], void> {
      yield ['a'];
      await sleep(60);
      yield ['b'];
    }
    expect(await collect(stalling(), 5)).toEqual([['a'], ['b']]);
  });

  it('hand on what goes wrong', async () => {
    async function* failing(): AsyncGenerator<string[], void> {
      yield ['a', 'b', 'c'];
      throw new Error('cut');
    }
    await expect(collect(failing())).rejects.toThrow('cut');
  });
});
