import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import { netCases } from '../testing/netFixture.ts';
import { createCurvature } from './createCurvature.ts';
import { inLanes } from './inLanes.ts';
import { planMemory } from './memoryPlan.ts';

describe('inLanes', () => {
  it('runs on all lanes at once, one item at a time on each, in their order', async () => {
    const busy = new Set<string>();
    let most = 0;
    const ran: [string, number, number][] = [];
    await inLanes([30, 1, 20, 5, 10], ['a', 'b'], async (milliseconds, lane, position) => {
      expect(busy.has(lane)).toBe(false);
      busy.add(lane);
      most = Math.max(most, busy.size);
      ran.push([lane, position, milliseconds]);
      await wait(milliseconds);
      busy.delete(lane);
    });
    expect(most).toBe(2);
    expect(ran.filter(([lane]) => lane === 'a')).toEqual([
      ['a', 0, 30],
      ['a', 2, 20],
      ['a', 4, 10],
    ]);
    expect(ran.filter(([lane]) => lane === 'b')).toEqual([
      ['b', 1, 1],
      ['b', 3, 5],
    ]);
  });

  it('throws the first failure when nothing runs any more', async () => {
    let running = 0;
    const run = async (item: number): Promise<void> => {
      running++;
      await wait(item);
      running--;
      if (item !== 20) throw new Error(`item ${item}`);
    };
    await expect(inLanes([5, 20, 1], ['a', 'b'], run)).rejects.toThrow('item 5');
    expect(running).toBe(0);
  });
});

describe('planMemory', () => {
  const needs = {
    footprint: { kept: 10, workspace: 100 },
    passSize: { microBatch: 1, vectorsPerPass: 1 },
    microBatches: 5,
    lanes: 4,
    vectors: 1,
  };

  it.each([
    [451, { keepAll: true, lanes: 4, activations: 50, workspace: 400 }],
    [450, { keepAll: true, lanes: 3, activations: 50, workspace: 300 }],
    [150, { keepAll: false, lanes: 1, activations: 10, workspace: 100 }],
  ])('with %i bytes', (memory, expected) => {
    expect(planMemory({ ...needs, memory })).toMatchObject(expected);
  });

  it('has no more lanes than micro-batches', () => {
    expect(planMemory({ ...needs, microBatches: 2, memory: 1e6 }).lanes).toBe(2);
  });
});

describe('an engine in lanes', () => {
  const engines = [1, 2].map((threads) => createEngine({ engine: 'onnx-cpu', threads }));
  afterAll(async () => {
    for (const engine of engines) await (await engine).close();
  });

  it('gives the bits of one lane', async () => {
    const fixture = netCases().find(({ name }) => name === 'residual net, running statistics');
    if (!fixture) throw new Error('the fixture is missing');
    const products: unknown[] = [];
    for (const engine of engines) {
      const curvature = await createCurvature({ ...fixture.options, engine: await engine, microBatch: 1 });
      products.push([curvature.memory.lanes, await curvature.apply(Float32Array.from(fixture.vectors), fixture.k)]);
      await curvature.release();
    }
    const [one, two] = products as [number, Float32Array][];
    expect([one?.[0], two?.[0]]).toEqual([1, 2]);
    expect(two?.[1]).toEqual(one?.[1]);
  });
});
