/** Every rule of every op, on the op's own examples. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tangents } from '../autodiff/jvp.ts';
import { stack } from '../autodiff/stack.ts';
import { createEngine } from '../engines/createEngine.ts';
import type { Engine } from '../engines/Engine.ts';
import { sizeOf, type Node } from '../graph/Node.ts';
import { lcg } from '../testing/lcg.ts';
import { evaluator, exampleGraph, type ExampleGraph, type Values } from '../testing/opExample.ts';
import { relativeError } from '../testing/relativeError.ts';
import { operand } from './Op.ts';
import { allOps, opNamed } from './registry.ts';

const k = 3;
let double: Engine;
let single: Engine;
let wasm: Engine;

beforeAll(async () => {
  double = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
  single = await createEngine({ engine: 'onnx-cpu', precision: 'float32', threads: 1 });
  wasm = await createEngine({ engine: 'tfjs-wasm' });
});

afterAll(async () => {
  await Promise.all([double.close(), single.close(), wasm.close()]);
});

/** An example with its derivatives along a direction d of the operands and against a cotangent c of the result. */
interface Derivatives extends ExampleGraph {
  readonly inputs: readonly Node[];
  /** Values of everything that is fed. */
  readonly feeds: Values;
  /** `value`, and `reverse<i>`: c · ∂value/∂operand i. */
  readonly first: Readonly<Record<string, Node>>;
  /** Of every one of `first`, its derivative along d (null: none). */
  readonly along: Readonly<Record<string, Node | null>>;
  /** The same for k directions. */
  readonly stacked: Readonly<Record<string, Node>>;
}

function derivatives(example: ExampleGraph): Derivatives {
  const { graph, operands, result, values, differentiable } = example;
  const random = lcg(23);
  const cotangent = graph.input('cotangent', result.shape);
  const feeds: Record<string, Float64Array | Int32Array> = {
    ...values,
    cotangent: random.uniform(sizeOf(result.shape)),
  };
  const inputs = [...operands, cotangent];
  const first: Record<string, Node> = { value: result };
  const reverse = opNamed(result.op).vjp(graph, result, cotangent);
  for (const position of differentiable) {
    const node = reverse[position];
    if (node) first[`reverse${position}`] = node;
  }
  const seeds = new Map<Node, Node>();
  const wide = new Map<Node, Node>();
  for (const position of differentiable) {
    const { shape } = operand(operands, position);
    const direction = graph.input(`direction${position}`, shape);
    const directions = graph.input(`directions${position}`, [k, ...shape]);
    seeds.set(operand(operands, position), direction);
    wide.set(direction, directions);
    inputs.push(direction, directions);
    const drawn = random.uniform(k * sizeOf(shape));
    feeds[`direction${position}`] = drawn.slice(0, sizeOf(shape));
    feeds[`directions${position}`] = drawn;
  }
  const names = Object.keys(first);
  const found = tangents(graph, Object.values(first), seeds);
  const along = Object.fromEntries(names.map((name, position) => [name, found[position] ?? null]));
  const present = Object.entries(along).flatMap(([name, node]) => (node ? [[name, node] as const] : []));
  const widened = stack(
    graph,
    present.map(([, node]) => node),
    wide,
    k,
  );
  const stacked = Object.fromEntries(present.map(([name], position) => [name, operand(widened, position)]));
  return { ...example, inputs, feeds, first, along, stacked };
}

function prefixed(prefix: string, nodes: Readonly<Record<string, Node | null>>): Record<string, Node> {
  return Object.fromEntries(
    Object.entries(nodes).flatMap(([name, node]) => (node ? [[`${prefix}${name}`, node] as const] : [])),
  );
}

function everything({ first, along, stacked }: Derivatives): Record<string, Node> {
  return { ...first, ...prefixed('along ', along), ...prefixed('stacked ', stacked) };
}

/** Relative to the largest number involved, so that a derivative that is exactly 0 is compared as well. */
function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number, floor = 1e-3): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(floor, ...expected.map(Math.abs));
  const worst = actual.reduce((most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? 0))), 0);
  expect(Number.isNaN(worst) ? Infinity : worst / scale).toBeLessThan(tolerance);
}

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

const cases = allOps().flatMap((op) =>
  op.examples.map((example, index) => ({ label: `${op.name} ${index + 1}`, op, example })),
);

describe('the registry', () => {
  it('has examples of every op', () => {
    expect(allOps().filter(({ examples }) => examples.length === 0)).toEqual([]);
  });
});

describe.each(cases)('$label', ({ op, example }) => {
  const made = (): Derivatives => derivatives(exampleGraph(op, example));

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
    const { inputs, feeds, along, stacked, differentiable } = made();
    if (Object.keys(stacked).length === 0) return expect(prefixed('', along)).toEqual({});
    const together = await (await evaluator(double, stacked, inputs))(feeds);
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

  it('float32 agrees with float64, and TensorFlow.js with ONNX Runtime', async () => {
    const derived = made();
    const outputs = everything(derived);
    const [reference, float32, tensorflow] = await Promise.all(
      [double, single, wasm].map(async (engine) => (await evaluator(engine, outputs, derived.inputs))(derived.feeds)),
    );
    for (const [name, expected] of Object.entries(reference ?? {})) {
      const floor = Math.max(1e-3, ...expected.map(Math.abs));
      if (floor > 1e-3) expect(relativeError(float32?.[name] ?? [], expected)).toBeLessThan(1e-5);
      expectClose(float32?.[name] ?? new Float64Array(), expected, 1e-5);
      expectClose(tensorflow?.[name] ?? new Float64Array(), expected, 1e-5);
    }
  });
});
