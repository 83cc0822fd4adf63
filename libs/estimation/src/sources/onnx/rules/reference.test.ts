/** Single nodes against ONNX's reference evaluator: what the rules compute, in float64. */
import fs from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../../engines/createEngine.ts';
import type { Engine, TensorData } from '../../../engines/Engine.ts';
import { createGraph } from '../../../graph/createGraph.ts';
import type { Node } from '../../../graph/Node.ts';
import type { ModelState } from '../../../model/ModelState.ts';
import { expectClose } from '../../../testing/opDerivatives.ts';
import { decodeOnnx } from '../decode.ts';
import { translate } from '../translate.ts';
import { isNode, type Constant, type Value } from '../Value.ts';

interface Stored {
  readonly name: string;
  readonly type: Constant['type'];
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

interface Case {
  readonly op: string;
  readonly opset: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly model: string;
  readonly inputs: readonly (Stored & { readonly node: boolean })[];
  readonly outputs: readonly Stored[];
}

const file = new URL('../../../../../../tools/fixtures/operators/cases.json', import.meta.url);
const cases = JSON.parse(fs.readFileSync(file, 'utf8')) as readonly Case[];

function none(name: string): never {
  throw new Error(`The graph of one node has no "${name}".`);
}

const state: ModelState = {
  parameter: none,
  buffer: none,
  input: none,
  batchStatistics: false,
  observe: () => undefined,
};

function asConstant({ type, shape, values }: Stored): Constant {
  return { type, shape, values: Float64Array.from(values) };
}

let engine: Engine;
beforeAll(async () => {
  engine = await createEngine({ engine: 'onnx-cpu', precision: 'float64', threads: 1 });
});
afterAll(() => engine.close());

async function evaluate(
  { model, inputs, outputs, opset }: Case,
  allFixed: boolean,
): Promise<Map<string, TensorData | Constant>> {
  const graph = createGraph();
  const decoded = decodeOnnx(Buffer.from(model, 'base64'), () => new Uint8Array());
  const feeds: Record<string, TensorData> = {};
  const known = new Map<string, Value>();
  for (const input of inputs) {
    if (allFixed || !input.node) {
      known.set(input.name, asConstant(input));
      continue;
    }
    known.set(input.name, graph.input(input.name, input.shape));
    feeds[input.name] = { shape: input.shape, data: Float64Array.from(input.values) };
  }
  const scope = { graph, state, roles: new Map(), opset, examples: -1, exportedExamples: null };
  const values = translate(decoded.nodes, known, scope);
  const found = new Map<string, TensorData | Constant>();
  const computed: Record<string, Node> = {};
  for (const { name } of outputs) {
    const value = values.get(name);
    if (value && isNode(value)) computed[name] = value;
    else if (value) found.set(name, value);
  }
  if (Object.keys(computed).length === 0) return found;
  const program = await engine.compile({ outputs: computed });
  for (const [name, tensor] of Object.entries(await program.run(feeds))) found.set(name, tensor);
  return found;
}

describe.each(cases)('$op, opset $opset, $attributes', (reference) => {
  it.each([
    ['depends on the data', false],
    ['is fixed', true],
  ])('is computed as ONNX defines it where its input %s', async (_, allFixed) => {
    const found = await evaluate(reference, allFixed);
    for (const { name, shape, values } of reference.outputs) {
      const actual = found.get(name);
      expect(actual?.shape).toEqual(shape);
      const numbers = actual && 'data' in actual ? actual.data : (actual?.values ?? []);
      expectClose(Float64Array.from(numbers), Float64Array.from(values), 1e-6);
    }
  });
});
