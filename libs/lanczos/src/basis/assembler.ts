/**
 * Just enough of the WebAssembly binary format (core specification 2.0, §5, with 128-bit SIMD) to write numeric kernels: every
 * function here returns the bytes of an instruction after the bytes of its operands.
 */

/** Bytes of a sequence of instructions. */
export type Code = readonly number[];

export interface KernelFunction {
  readonly name: string;
  /** Number of i32 parameters; nothing is returned. */
  readonly parameters: number;
  /** Number of further i32 locals, and of v128 locals after them. */
  readonly integers: number;
  readonly vectors: number;
  readonly body: Code;
}

const i32Type = 0x7f;
const v128Type = 0x7b;
const functionType = 0x60;
const noResult = 0x40;
const end = 0x0b;
const simd = 0xfd;

/** Unsigned LEB128. */
function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 0x80 : low);
  } while (rest > 0);
  return bytes;
}

/** Alignment is only a hint: 0 promises nothing. */
function memory(offset: number): number[] {
  return [0, ...unsigned(offset)];
}

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number, value: Code): Code => [...value, 0x21, ...unsigned(local)];

export const i32 = {
  /** 0 ≤ value < 64, where signed and unsigned LEB128 agree. */
  small: (value: number): Code => [0x41, value],
  add: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  subtract: (a: Code, b: Code): Code => [...a, ...b, 0x6b],
  shiftLeft: (a: Code, by: number): Code => [...a, ...i32.small(by), 0x74],
};

export const f64 = {
  load: (address: Code): Code => [...address, 0x2b, ...memory(0)],
  store: (address: Code, value: Code): Code => [...address, ...value, 0x39, ...memory(0)],
  add: (a: Code, b: Code): Code => [...a, ...b, 0xa0],
};

export const v128 = {
  load: (address: Code, offset: number): Code => [...address, simd, 0x00, ...memory(offset)],
  /** Eight bytes into the low half. */
  loadLow: (address: Code, offset: number): Code => [...address, simd, 0x5d, ...memory(offset)],
  /** Eight bytes into both halves. */
  loadTwice: (address: Code, offset: number): Code => [...address, simd, 0x0a, ...memory(offset)],
  store: (address: Code, offset: number, value: Code): Code => [...address, ...value, simd, 0x0b, ...memory(offset)],
  /** The low eight bytes. */
  storeLow: (address: Code, offset: number, value: Code): Code => [
    ...address,
    ...value,
    ...[simd, 0x5b, ...memory(offset), 0],
  ],
  zero: (): Code => [simd, 0x0c, ...new Array<number>(16).fill(0)],
};

export const f64x2 = {
  add: (a: Code, b: Code): Code => [...a, ...b, simd, ...unsigned(0xf0)],
  multiply: (a: Code, b: Code): Code => [...a, ...b, simd, ...unsigned(0xf2)],
  /** The two low float32 of a vector as float64. */
  promoteLow: (a: Code): Code => [...a, simd, 0x5f],
  /** Both as float32, in the low half of a vector. */
  demote: (a: Code): Code => [...a, simd, 0x5e],
  lane: (a: Code, lane: 0 | 1): Code => [...a, simd, 0x21, lane],
};

/** Repeats the body for as long as a < b, as unsigned numbers. */
export function whileBelow(a: Code, b: Code, body: Code): Code {
  const leaveUnlessBelow = [...a, ...b, 0x4f, 0x0d, 1];
  return [0x02, noResult, 0x03, noResult, ...leaveUnlessBelow, ...body, 0x0c, 0, end, end];
}

function vector(items: readonly Code[]): number[] {
  return [...unsigned(items.length), ...items.flat()];
}

function section(id: number, items: readonly Code[]): number[] {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
}

function bytesOf(text: string): number[] {
  const bytes = [...new TextEncoder().encode(text)];
  return [...unsigned(bytes.length), ...bytes];
}

/** A module of these functions over one imported memory (`host.memory`): shared, of at most 2^16 pages. */
export function assemble(functions: readonly KernelFunction[]): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ parameters }) => [
    functionType,
    ...vector(new Array<Code>(parameters).fill([i32Type])),
    0,
  ]);
  const bodies = functions.map(({ integers, vectors, body }) => {
    const locals = vector([
      [...unsigned(integers), i32Type],
      [...unsigned(vectors), v128Type],
    ]);
    const content = [...locals, ...body, end];
    return [...unsigned(content.length), ...content];
  });
  const importedMemory = [...bytesOf('host'), ...bytesOf('memory'), 0x02, 0x03, 1, ...unsigned(2 ** 16)];
  const exported = functions.map(({ name }, index) => [...bytesOf(name), 0x00, ...unsigned(index)]);
  const sections = [
    section(1, types),
    section(2, [importedMemory]),
    section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    section(7, exported),
    section(10, bodies),
  ];
  return Uint8Array.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections.flat()]);
}
