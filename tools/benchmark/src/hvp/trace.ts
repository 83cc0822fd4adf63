/** What the nodes of a program took, from the traces that ONNX Runtime writes (the trace format of Chromium). */
import fs from 'node:fs';
import path from 'node:path';

/** Nodes of one kind on the same shapes. */
export interface NodeGroup {
  readonly op: string;
  readonly inputs: readonly (readonly number[])[];
  readonly output: readonly number[];
  /** Their number in one run of the program. */
  readonly count: number;
  /** Of one, in the fastest run. */
  readonly seconds: number;
}

/** One event; shapes are lists of objects with the type as the key. */
interface TraceEvent {
  readonly cat: string;
  readonly name: string;
  readonly dur: number;
  readonly args: {
    readonly op_name?: string;
    readonly input_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
    readonly output_type_shape?: readonly Readonly<Record<string, readonly number[]>>[];
  };
}

function shapes(list: TraceEvent['args']['input_type_shape'] = []): (readonly number[])[] {
  return list.flatMap((typed) => Object.values(typed));
}

/** Reads the trace of the program that ran most often, the tangent program. `prefix` is the engine's `profile` option. */
export function readTrace(prefix: string): NodeGroup[] {
  const folder = path.dirname(prefix);
  const traces = fs
    .readdirSync(folder)
    .filter((name) => name.startsWith(path.basename(prefix)))
    .map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')) as TraceEvent[]);
  const runsOf = (trace: readonly TraceEvent[]): number => trace.filter(({ name }) => name === 'model_run').length;
  const [events] = traces.sort((a, b) => runsOf(b) - runsOf(a));
  if (!events) throw new Error(`No trace was written to ${prefix}*.`);
  const groups = new Map<string, { op: string; event: TraceEvent; microseconds: number[] }>();
  for (const event of events) {
    const { op_name: op, input_type_shape: inputs, output_type_shape: outputs } = event.args;
    if (event.cat !== 'Node' || op === undefined || !event.name.endsWith('_kernel_time')) continue;
    const key = JSON.stringify([op, inputs, outputs]);
    const group = groups.get(key) ?? { op, event, microseconds: [] };
    group.microseconds.push(event.dur);
    groups.set(key, group);
  }
  const runs = runsOf(events);
  return [...groups.values()].map(({ op, event, microseconds }) => ({
    op,
    inputs: shapes(event.args.input_type_shape),
    output: shapes(event.args.output_type_shape)[0] ?? [],
    count: microseconds.length / runs,
    seconds: fastest(microseconds, microseconds.length / runs) / 1e6,
  }));
}

/** Mean of the fastest as many as one run has: the run that nothing disturbed, were there one. */
function fastest(durations: readonly number[], count: number): number {
  const least = durations.toSorted((a, b) => a - b).slice(0, Math.max(1, Math.round(count)));
  return least.reduce((sum, value) => sum + value, 0) / least.length;
}

/** Floating-point operations of a convolution or a matrix product; 0 of anything else. */
export function flopsOf({ op, inputs, output }: NodeGroup): number {
  const size = (shape: readonly number[] = []): number => shape.reduce((product, length) => product * length, 1);
  if (op === 'Conv') return 2 * size(output) * size(inputs[1]?.slice(1));
  if (op === 'MatMul' || op === 'FusedMatMul') {
    // a is not transposed in any of our lowerings but for dense layers, where it is stored [p, m].
    const [a = [], b = []] = inputs;
    const inner = Math.sqrt((size(a.slice(-2)) * size(b.slice(-2))) / size(output.slice(-2)));
    return 2 * size(output) * inner;
  }
  return 0;
}
