/** If, Loop and Scan: what their conditions and lengths choose is known before anything runs, so that they are unrolled. */
import { concat } from '../../../ops/concat.ts';
import { reshape } from '../../../ops/reshape.ts';
import { slice } from '../../../ops/slice.ts';
import type { NodeTranslation, Rules } from '../NodeTranslation.ts';
import { constant, integers, isNode, type Constant, type Value } from '../Value.ts';

const mostIterations = 10_000;

/** A truth known now; throws an EstimationError (UNSUPPORTED) for one that depends on the data. */
function truth(node: NodeTranslation, value: Value, what: string): boolean {
  if (!isNode(value)) return (value.values[0] ?? 0) !== 0;
  throw node.failure(
    'UNSUPPORTED',
    `${what} depends on the data or on parameters. Export the network with a fixed number of steps, or with torch.where`,
  );
}

function branch(node: NodeTranslation): Value[] {
  return node.body(truth(node, node.value(0), 'its condition') ? 'then_branch' : 'else_branch', []);
}

/** Values of equal shape along a new axis. */
function stacked(node: NodeTranslation, values: readonly Value[], axis: number): Value {
  const [first] = values;
  if (!first) throw node.failure('UNSUPPORTED', 'it makes no step, so that its stacked output is empty');
  const shape = first.shape.toSpliced(axis, 0, 1);
  if (axis === 0 && values.every((value): value is Constant => !isNode(value))) {
    const all = values.flatMap((value) => [...value.values]);
    return { shape: [values.length, ...first.shape], type: first.type, values: Float64Array.from(all) };
  }
  const nodes = values.map((value) => reshape(node.graph, node.asNode(value), shape));
  return concat(node.graph, nodes, axis - shape.length);
}

function loop(node: NodeTranslation): Value[] {
  const limit = node.has(0) ? (node.constant(0).values[0] ?? 0) : Infinity;
  let goesOn = node.has(1) ? truth(node, node.value(1), 'its condition') : true;
  let carried = Array.from({ length: node.inputCount - 2 }, (_, position) => node.value(position + 2));
  const made: Value[][] = [];
  const going = constant('bool', [], () => 1);
  for (let step = 0; step < limit && goesOn; step++) {
    if (step >= mostIterations) {
      throw node.failure(
        'UNSUPPORTED',
        `expected at most ${mostIterations} steps, got more. Export a loop with a smaller bound`,
      );
    }
    const [condition, ...outputs] = node.body('body', [integers([step], []), going, ...carried]);
    if (condition) goesOn = truth(node, condition, 'whether it goes on');
    carried = outputs.slice(0, carried.length);
    made.push(outputs.slice(carried.length));
  }
  const columns = node.onnx.outputs.length - carried.length;
  const scanned = Array.from({ length: columns }, (_, column) =>
    stacked(
      node,
      made.map((outputs) => outputs[column] ?? going),
      0,
    ),
  );
  return [...carried, ...scanned];
}

/** One step of a scanned input. */
function stepOf(node: NodeTranslation, value: Value, axis: number, step: number): Value {
  const x = node.asNode(value);
  const part = slice(node.graph, x, axis - x.shape.length, step, step + 1);
  return reshape(node.graph, part, x.shape.toSpliced(axis, 1));
}

function scan(node: NodeTranslation): Value[] {
  const scannedInputs = node.number('num_scan_inputs', 1);
  const states = node.inputCount - scannedInputs;
  let carried = Array.from({ length: states }, (_, position) => node.value(position));
  const inputs = Array.from({ length: scannedInputs }, (_, position) => node.value(states + position));
  const given = (name: string, position: number): number => node.integers(name)?.[position] ?? 0;
  const axes = inputs.map(({ shape }, position) => node.axis(given('scan_input_axes', position), shape.length));
  const [length = 0] = inputs.map(({ shape }, position) => shape[axes[position] ?? 0] ?? 0);
  const made: Value[][] = [];
  for (let step = 0; step < length; step++) {
    const now = inputs.map((value, position) => {
      const reversed = given('scan_input_directions', position) === 1;
      return stepOf(node, value, axes[position] ?? 0, reversed ? length - 1 - step : step);
    });
    const outputs = node.body('body', [...carried, ...now]);
    carried = outputs.slice(0, states);
    made.push(outputs.slice(states));
  }
  const columns = node.onnx.outputs.length - states;
  const scanned = Array.from({ length: columns }, (_, column) => {
    const values = made.flatMap((outputs) => outputs[column] ?? []);
    const ordered = given('scan_output_directions', column) === 1 ? values.toReversed() : values;
    const rank = (values[0]?.shape.length ?? 0) + 1;
    return stacked(node, ordered, node.axis(given('scan_output_axes', column), rank));
  });
  return [...carried, ...scanned];
}

export const controlRules: Rules = { If: branch, Loop: loop, Scan: scan };
