/** An engine that stops in the middle of a measurement. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { lanczos, type LanczosOptions, type LinearOperator } from '@ritz/lanczos';
import { afterAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import type { Engine } from '../engines/Engine.ts';
import { createGraph } from '../graph/createGraph.ts';
import { createCurvature, type Curvature } from './createCurvature.ts';
import { broadcastTo } from '../ops/broadcastTo.ts';
import { netCases } from '../testing/netFixture.ts';

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ritz-failure-'));
afterAll(() => fs.rmSync(directory, { recursive: true }));

const settings: LanczosOptions = { steps: 8, probes: 2, seed: 3 };

function openEngine(): Promise<Engine> {
  return createEngine({ engine: 'onnx-cpu', threads: 1 });
}

function hessianOn(engine: Engine, microBatch?: number): Promise<Curvature> {
  const fixture = netCases().find(({ name }) => name === 'convolutions and pooling');
  if (!fixture) throw new Error('the fixture is missing');
  return createCurvature({ ...fixture.options, engine, ...(microBatch !== undefined && { microBatch }) });
}

/** The operator of an engine that ends with its products for step `last` under way. */
function endingAt(last: number, engine: Engine, { dimension, apply }: Curvature): LinearOperator {
  let calls = 0;
  return {
    dimension,
    apply: (vectors, k) => {
      const products = apply(vectors, k);
      if (++calls === last) void engine.close();
      return products;
    },
  };
}

async function runOn(options: LanczosOptions): Promise<{ tridiagonals: unknown; calls: number }> {
  const engine = await openEngine();
  const hessian = await hessianOn(engine);
  let calls = 0;
  const counted: LinearOperator = {
    dimension: hessian.dimension,
    apply: (vectors, k) => {
      calls++;
      return hessian.apply(vectors, k);
    },
  };
  const { probes } = await lanczos(counted, options);
  await engine.close();
  return { tridiagonals: probes.map(({ alpha, beta }) => [alpha, beta]), calls };
}

describe('an engine that stops at step 6', () => {
  const journal = { file: path.join(directory, 'journal'), every: 10 };

  it('is an error that names engine, step, probes and where the steps before are saved', async () => {
    const engine = await openEngine();
    const run = lanczos(endingAt(6, engine, await hessianOn(engine)), { ...settings, journal });
    await expect(run).rejects.toMatchObject({
      code: 'OPERATOR_FAILED',
      message:
        'Engine onnx-cpu was closed. This was in Lanczos step 6 of probes 0, 1. The steps before it are saved in ' +
        `${journal.file}: run the same measurement again to continue from there.`,
    });
  });

  it('costs no step: the next run continues from there, with the bits of one that never stopped', async () => {
    const whole = await runOn(settings);
    const continued = await runOn({ ...settings, journal });
    expect(continued.tridiagonals).toEqual(whole.tridiagonals);
    // The three steps that were missing, and the check that the operator is the same.
    expect([whole.calls, continued.calls]).toEqual([8, 4]);
  });

  it('says that the steps are lost where there is no journal', async () => {
    const engine = await openEngine();
    const run = lanczos(endingAt(2, engine, await hessianOn(engine)), settings);
    await expect(run).rejects.toThrow('This was in Lanczos step 2 of probes 0, 1. The steps before it are lost');
  });
});

it('an engine that stops with micro-batches on two lanes leaves none of them waiting', async () => {
  const engine = await createEngine({ engine: 'onnx-cpu', threads: 2 });
  const hessian = await hessianOn(engine, 1);
  const vectors = new Float32Array(2 * hessian.dimension).fill(1);
  await hessian.apply(vectors, 2);
  const products = hessian.apply(vectors, 2);
  const closed = engine.close();
  await expect(products).rejects.toThrow('Engine onnx-cpu was closed.');
  await closed;
});

it('a tensor that no memory holds is an error that says what to do, and the engine goes on', async () => {
  const engine = await openEngine();
  const graph = createGraph();
  const one = graph.input('one', [1]);
  const huge = await engine.compile({ outputs: { huge: broadcastTo(graph, one, [2 ** 22, 2 ** 22]) } });
  const feeds = { one: { shape: [1], data: Float32Array.of(1) } };
  await expect(huge.run(feeds)).rejects.toThrow(
    /^Engine onnx-cpu failed: .*\. It is out of memory: give it fewer examples \(microBatch\)/s,
  );
  const small = await engine.compile({ outputs: { small: broadcastTo(graph, one, [2]) } });
  expect((await small.run(feeds))['small']?.data).toEqual(Float32Array.of(1, 1));
  await engine.close();
});
