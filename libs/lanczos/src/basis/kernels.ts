/**
 * The loops that reorthogonalisation consists of, as WebAssembly SIMD: inner products of rows with a vector, adding a combination
 * of rows to it, and storing it as a row. Four rows at a time share each load of the vector; rows are float32 or float64, the vector and
 * all sums are float64. WebAssembly arithmetic is exact IEEE 754 without fused operations, so the bits are the same on every
 * machine. (Measured with n = 15,910, m = 90: 4.5 times as fast as the same loops over typed arrays.)
 */
import { bytesPerNumber, type Precision } from '../numbers/precision.ts';
import { LanczosError } from '../error/LanczosError.ts';
import { assemble, f64, f64x2, get, i32, set, v128, whileBelow, type Code, type KernelFunction } from './assembler.ts';
import { wasm, type WasmMemory, type WasmModule } from './webAssembly.ts';

/** `columns` counts numbers and is a multiple of 4; addresses and `stride` are in bytes. */
export interface Kernels {
  /** products[r] += ⟨row r, vector⟩ for r < count. */
  project(rows: number, stride: number, count: number, vector: number, columns: number, products: number): void;
  /** vector += Σ coefficients[r] · row r over r < count. */
  combine(rows: number, stride: number, count: number, vector: number, columns: number, coefficients: number): void;
  /** row r = coefficients[r] · vector for r < count. */
  scale(rows: number, stride: number, count: number, vector: number, columns: number, coefficients: number): void;
}

// Parameters.
const rows = 0;
const stride = 1;
const count = 2;
const vector = 3;
const columns = 4;
const numbers = 5;
// Integer locals.
const row = 6; // address of the first row of the group
const number = 7; // address of its product or coefficient
const groupsEnd = 8; // where `number` stops for whole groups
const numbersEnd = 9; // where it stops for all rows
const x = 10; // address in the vector
const vectorEnd = 11;
const rowOf = (member: number): number => 12 + member;
const integers = 10;
// Vector locals.
const half = (position: 0 | 1): number => 16 + position;
const slot = (member: number, position = 0): number => 18 + 2 * member + position;
const vectors = 10;

const groupSize = 4;
const precisions = ['float32', 'float64'] as const;

function loadPair(precision: Precision, address: Code, pair: 0 | 1): Code {
  return precision === 'float64' ? v128.load(address, 16 * pair) : f64x2.promoteLow(v128.loadLow(address, 8 * pair));
}

/** Calls `body` for every group of rows: all whole groups of four first, then the rest one by one. */
function overRows(body: (size: number) => Code): Code {
  const advance = (size: number): Code => [
    ...set(number, i32.add(get(number), i32.small(8 * size))),
    ...new Array<Code>(size).fill(set(row, i32.add(get(row), get(stride)))).flat(),
  ];
  const pointers = (size: number): Code =>
    Array.from({ length: size }, (_, member) =>
      set(rowOf(member), member === 0 ? get(row) : i32.add(get(rowOf(member - 1)), get(stride))),
    ).flat();
  const pass = (size: number, stop: number): Code =>
    whileBelow(get(number), get(stop), [...pointers(size), ...body(size), ...advance(size)]);
  const shift = Math.log2(groupSize);
  const wholeGroups = [...get(count), ...i32.small(shift), 0x76]; // count >>> 2
  return [
    ...set(row, get(rows)),
    ...set(number, get(numbers)),
    ...set(vectorEnd, i32.add(get(vector), i32.shiftLeft(get(columns), 3))),
    ...set(groupsEnd, i32.add(get(numbers), i32.shiftLeft(wholeGroups, shift + 3))),
    ...set(numbersEnd, i32.add(get(numbers), i32.shiftLeft(get(count), 3))),
    ...pass(groupSize, groupsEnd),
    ...pass(1, numbersEnd),
  ];
}

/** Walks along the vector, four numbers at a time, with the row addresses in step. */
function alongVector(precision: Precision, size: number, body: Code): Code {
  const bytes = 4 * bytesPerNumber[precision];
  return [
    ...set(x, get(vector)),
    ...whileBelow(get(x), get(vectorEnd), [
      ...set(half(0), v128.load(get(x), 0)),
      ...set(half(1), v128.load(get(x), 16)),
      ...body,
      ...set(x, i32.add(get(x), i32.small(32))),
      ...Array.from({ length: size }, (_, member) =>
        set(rowOf(member), i32.add(get(rowOf(member)), i32.small(bytes))),
      ).flat(),
    ]),
  ];
}

function members(size: number, code: (member: number) => Code): Code {
  return Array.from({ length: size }, (_, member) => code(member)).flat();
}

function project(precision: Precision): KernelFunction {
  const pairs = [0, 1] as const;
  const accumulate = (member: number): Code =>
    pairs.flatMap((pair) => {
      const product = f64x2.multiply(loadPair(precision, get(rowOf(member)), pair), get(half(pair)));
      return set(slot(member, pair), f64x2.add(get(slot(member, pair)), product));
    });
  const store = (member: number): Code => {
    const at = i32.add(get(number), i32.small(8 * member));
    const both = f64x2.add(get(slot(member, 0)), get(slot(member, 1)));
    const sum = f64.add(f64x2.lane(both, 0), f64x2.lane(both, 1));
    return f64.store(at, f64.add(f64.load(at), sum));
  };
  const body = overRows((size) => [
    ...members(size, (member) => pairs.flatMap((pair) => set(slot(member, pair), v128.zero()))),
    ...alongVector(precision, size, members(size, accumulate)),
    ...members(size, store),
  ]);
  return { name: `project-${precision}`, parameters: 6, integers, vectors, body };
}

function combine(precision: Precision): KernelFunction {
  const pairs = [0, 1] as const;
  const add = (member: number): Code =>
    pairs.flatMap((pair) => {
      const term = f64x2.multiply(loadPair(precision, get(rowOf(member)), pair), get(slot(member)));
      return set(half(pair), f64x2.add(get(half(pair)), term));
    });
  const body = overRows((size) => [
    ...members(size, (member) => set(slot(member), v128.loadTwice(get(number), 8 * member))),
    ...alongVector(precision, size, [
      ...members(size, add),
      ...v128.store(get(x), 0, get(half(0))),
      ...v128.store(get(x), 16, get(half(1))),
    ]),
  ]);
  return { name: `combine-${precision}`, parameters: 6, integers, vectors, body };
}

function scale(precision: Precision): KernelFunction {
  const pairs = [0, 1] as const;
  const store = (member: number): Code =>
    pairs.flatMap((pair) => {
      const scaled = f64x2.multiply(get(half(pair)), get(slot(member)));
      const address = get(rowOf(member));
      return precision === 'float64'
        ? v128.store(address, 16 * pair, scaled)
        : v128.storeLow(address, 8 * pair, f64x2.demote(scaled));
    });
  const body = overRows((size) => [
    ...members(size, (member) => set(slot(member), v128.loadTwice(get(number), 8 * member))),
    ...alongVector(precision, size, members(size, store)),
  ]);
  return { name: `scale-${precision}`, parameters: 6, integers, vectors, body };
}

let compiled: WasmModule | undefined;

/** The kernels over a memory, for rows of either precision. Throws a LanczosError (UNSUPPORTED) without WebAssembly SIMD. */
export function kernelsOn(memory: WasmMemory): Readonly<Record<Precision, Kernels>> {
  try {
    compiled ??= new wasm.Module(
      assemble(precisions.flatMap((precision) => [project, combine, scale].map((make) => make(precision)))),
    );
  } catch (cause) {
    throw new LanczosError('UNSUPPORTED', 'This JavaScript engine has no WebAssembly SIMD, which Lanczos needs.', {
      cause,
    });
  }
  const { exports } = new wasm.Instance(compiled, { host: { memory } });
  const kernel = (name: string): Kernels['project'] => exports[name] as Kernels['project'];
  const kernelsOf = (precision: Precision): Kernels => ({
    project: kernel(`project-${precision}`),
    combine: kernel(`combine-${precision}`),
    scale: kernel(`scale-${precision}`),
  });
  return {
    float32: kernelsOf('float32'),
    float64: kernelsOf('float64'),
  };
}
