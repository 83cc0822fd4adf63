/** An example of an op as a graph: its operands as inputs, values to feed them with. */
import { floatArray, type Precision } from '@ritz/lanczos';
import { type Lcg, lcg } from '@ritz/testing';
import { createGraph } from '../graph/createGraph.ts';
import type { GraphBuilder } from '../graph/GraphBuilder.ts';
import { sizeOf, type Graph, type Node, type Shape } from '../graph/Node.ts';
import { type Engine, type TensorData } from '../engines/Engine.ts';
import type { Op, OpExample, OperandExample } from '../ops/Op.ts';
import { allOps } from '../ops/registry.ts';

export type Values = Readonly<Record<string, Float64Array | Int32Array>>;

export interface ExampleGraph {
  readonly graph: GraphBuilder;
  readonly operands: readonly Node[];
  readonly result: Node;
  readonly values: Values;
  /** Positions of the operands that hold floats. */
  readonly differentiable: readonly number[];
}

export interface ExampleCase {
  readonly label: string;
  readonly op: Op;
  readonly example: OpExample;
}

/** Every example of every op. */
export function exampleCases(): ExampleCase[] {
  return allOps().flatMap((op) =>
    op.examples.map((example, index) => ({ label: `${op.name} ${index + 1}`, op, example })),
  );
}

function asOperand(operand: Shape | OperandExample): OperandExample {
  return 'shape' in operand ? operand : { shape: operand };
}

function generate({ shape, range, integersBelow, condition }: OperandExample, random: Lcg): Float64Array | Int32Array {
  const count = sizeOf(shape);
  if (integersBelow !== undefined) return random.integers(count, integersBelow);
  if (condition === true) return Float64Array.from(random.integers(count, 2));
  const uniform = random.uniform(count);
  if (range) return uniform.map((x) => range[0] + ((x + 1) / 2) * (range[1] - range[0]));
  return uniform.map((x) => Math.sign(x) * (0.2 + 0.8 * Math.abs(x)));
}

/** Inputs are named `operand0`, `operand1`, … */
export function exampleGraph(op: Op, { operands, attributes = {} }: OpExample): ExampleGraph {
  const graph = createGraph();
  const random = lcg(11);
  const described = operands.map(asOperand);
  const nodes = described.map(({ shape, integersBelow }, position) =>
    graph.input(`operand${position}`, shape, integersBelow === undefined ? 'float' : 'int'),
  );
  const values = Object.fromEntries(
    described.map((operand, position) => [`operand${position}`, generate(operand, random)]),
  );
  return {
    graph,
    operands: nodes,
    result: graph.apply(op.name, nodes, attributes),
    values,
    differentiable: nodes.flatMap(({ type }, position) =>
      type === 'float' && described[position]?.condition !== true ? [position] : [],
    ),
  };
}

function toTensor(values: Float64Array | Int32Array, shape: Shape, precision: Precision): TensorData {
  return { shape, data: values instanceof Int32Array ? values : floatArray(precision, values) };
}

/** Compiles a graph; the function returned runs it on values of the named inputs and gives every output as float64. */
export async function evaluator(
  engine: Engine,
  outputs: Graph['outputs'],
  inputs: readonly Node[],
): Promise<(values: Values) => Promise<Record<string, Float64Array>>> {
  const program = await engine.compile({ outputs });
  return async (values) => {
    const feeds: Record<string, TensorData> = {};
    for (const { name = '', shape } of inputs) {
      const given = values[name];
      if (given) feeds[name] = toTensor(given, shape, engine.precision);
    }
    const result = await program.run(feeds);
    return Object.fromEntries(Object.entries(result).map(([name, { data }]) => [name, Float64Array.from(data)]));
  };
}
