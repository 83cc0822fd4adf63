/** That an engine computes every rule of every op as float64 does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import type { Engine } from '../engines/Engine.ts';
import { derivatives, everything, expectClose } from './opDerivatives.ts';
import { evaluator, exampleCases, exampleGraph } from './opExample.ts';

/** Registers a test for every example: its value, reverse, forward over both, and three directions at once, to 1e-5. */
export function agreesOnEveryOp(label: string, open: () => Promise<Engine>): void {
  describe(`${label} agrees with float64`, () => {
    let reference: Engine;
    let engine: Engine;

    beforeAll(async () => {
      reference = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
      engine = await open();
    });

    afterAll(() => Promise.all([reference.close(), engine.close()]));

    it.each(exampleCases())('$label', async ({ op, example }) => {
      const derived = derivatives(exampleGraph(op, example), 3);
      const outputs = everything(derived);
      const expected = await (await evaluator(reference, outputs, derived.inputs))(derived.feeds);
      const actual = await (await evaluator(engine, outputs, derived.inputs))(derived.feeds);
      expect(Object.keys(actual)).toEqual(Object.keys(expected));
      for (const [name, value] of Object.entries(expected)) {
        expectClose(actual[name] ?? new Float64Array(), value, 1e-5);
      }
    });
  });
}
