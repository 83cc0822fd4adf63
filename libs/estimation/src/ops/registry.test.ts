/** Every derivative rule of every op against central differences, on the op's own examples. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../engines/createEngine.ts';
import type { Engine } from '../engines/Engine.ts';
import { sizeOf } from '../graph/Node.ts';
import { derivatives, expectClose, prefixed, type Derivatives } from '../testing/opDerivatives.ts';
import { evaluator, exampleGraph, exampleCases, type Values } from '../testing/opExample.ts';
import { allOps } from './registry.ts';

const k = 3;
let double: Engine;

beforeAll(async () => {
  double = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
});

afterAll(() => double.close());

/** (f(x + h d) − f(x − h d)) / 2h for every output, with d a direction of some of the inputs. */
async function centralDifferences(
  run: (values: Values) => Promise<Record<string, Float64Array>>,
  feeds: Values,
  direction: Readonly<Record<string, Float64Array>>,
): Promise<Record<string, Float64Array>> {
  const h = 1e-5;
  const moved = (sign: number): Values => {
    const shifted = Object.entries(direction).map(([name, d]) => {
      const at = Float64Array.from(feeds[name] ?? []);
      return [name, at.map((x, i) => x + sign * h * (d[i] ?? 0))] as const;
    });
    return { ...feeds, ...Object.fromEntries(shifted) };
  };
  const ahead = await run(moved(1));
  const behind = await run(moved(-1));
  return Object.fromEntries(
    Object.entries(ahead).map(([name, value]) => [
      name,
      value.map((x, i) => (x - (behind[name]?.[i] ?? Number.NaN)) / (2 * h)),
    ]),
  );
}

describe('the registry', () => {
  it('has examples of every op', () => {
    expect(allOps().filter(({ examples }) => examples.length === 0)).toEqual([]);
  });
});

describe.each(exampleCases())('$label', ({ op, example }) => {
  const made = (): Derivatives => derivatives(exampleGraph(op, example), k);

  it('has the shape it says', async () => {
    const { result, operands, values } = exampleGraph(op, example);
    const program = await double.compile({ outputs: { result } });
    const feeds = Object.fromEntries(
      operands.map(({ shape, name = '' }) => [name, { shape, data: values[name] ?? new Float64Array() }]),
    );
    const answer = await program.run(feeds);
    expect(answer['result']?.shape).toEqual(result.shape);
    expect(answer['result']?.data.length).toBe(sizeOf(result.shape));
  });

  it('forward rule and that of its reverse rule agree with central differences', async () => {
    const { inputs, feeds, first, along, differentiable } = made();
    const value = await evaluator(double, first, inputs);
    const outputs = prefixed('', along);
    const exact = Object.keys(outputs).length > 0 ? await (await evaluator(double, outputs, inputs))(feeds) : {};
    const direction = Object.fromEntries(
      differentiable.map((position) => [`operand${position}`, Float64Array.from(feeds[`direction${position}`] ?? [])]),
    );
    const numeric = await centralDifferences(value, feeds, direction);
    for (const [name, expected] of Object.entries(numeric)) {
      expectClose(exact[name] ?? new Float64Array(expected.length), expected, 1e-6);
    }
  });

  it('reverse rule agrees with central differences, element by element', async () => {
    const { inputs, feeds, first, differentiable } = made();
    const run = await evaluator(double, first, inputs);
    const exact = await run(feeds);
    const cotangent = Float64Array.from(feeds['cotangent'] ?? []);
    for (const position of differentiable) {
      const name = `operand${position}`;
      const size = feeds[name]?.length ?? 0;
      const numeric = new Float64Array(size);
      for (let i = 0; i < size; i++) {
        const unit = new Float64Array(size);
        unit[i] = 1;
        const column = (await centralDifferences(run, feeds, { [name]: unit }))['value'] ?? new Float64Array();
        numeric[i] = column.reduce((sum, x, j) => sum + x * (cotangent[j] ?? 0), 0);
      }
      expectClose(exact[`reverse${position}`] ?? new Float64Array(size), numeric, 1e-6);
    }
  });

  it('k directions at once give what each gives alone', async () => {
    const { inputs, feeds, along, batched, differentiable } = made();
    if (Object.keys(batched).length === 0) return expect(prefixed('', along)).toEqual({});
    const together = await (await evaluator(double, batched, inputs))(feeds);
    const alone = await evaluator(double, prefixed('', along), inputs);
    for (let row = 0; row < k; row++) {
      const directions = differentiable.map((position) => {
        const all = Float64Array.from(feeds[`directions${position}`] ?? []);
        return [`direction${position}`, all.slice((row * all.length) / k, ((row + 1) * all.length) / k)] as const;
      });
      const expected = await alone({ ...feeds, ...Object.fromEntries(directions) });
      for (const [name, value] of Object.entries(expected)) {
        const slice = together[name]?.slice(row * value.length, (row + 1) * value.length) ?? new Float64Array();
        expectClose(slice, value, 1e-12);
      }
    }
  });
});
