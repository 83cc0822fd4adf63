/**
 * Reads NumPy's .npy files: magic, version, a header that is a Python dictionary, then the elements (NumPy Enhancement Proposal 1,
 * "A Simple File Format for NumPy Arrays").
 */
import fs from 'node:fs/promises';
import { TrainingError } from '../error/TrainingError.ts';

export interface NpyArray {
  readonly shape: readonly number[];
  readonly type: 'float' | 'int';
  /** Row-major. 64-bit integers are converted to float64, exact up to 2^53. */
  readonly data: Float32Array | Float64Array | Int32Array | Uint8Array;
}

interface ElementType {
  readonly type: NpyArray['type'];
  readonly bytes: number;
  allocate(length: number): NpyArray['data'];
  read(view: DataView, offset: number, littleEndian: boolean): number;
}

const float64 = (length: number): Float64Array => new Float64Array(length);
const float32 = (length: number): Float32Array => new Float32Array(length);
const int32 = (length: number): Int32Array => new Int32Array(length);
const uint8 = (length: number): Uint8Array => new Uint8Array(length);

/** IEEE 754 half precision: 1 sign, 5 exponent, 10 fraction bits. */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const elementTypes: Readonly<Record<string, ElementType>> = {
  f2: { type: 'float', bytes: 2, allocate: float32, read: (v, o, little) => fromFloat16(v.getUint16(o, little)) },
  f4: { type: 'float', bytes: 4, allocate: float32, read: (v, o, little) => v.getFloat32(o, little) },
  f8: { type: 'float', bytes: 8, allocate: float64, read: (v, o, little) => v.getFloat64(o, little) },
  i1: { type: 'int', bytes: 1, allocate: int32, read: (v, o) => v.getInt8(o) },
  i2: { type: 'int', bytes: 2, allocate: int32, read: (v, o, little) => v.getInt16(o, little) },
  i4: { type: 'int', bytes: 4, allocate: int32, read: (v, o, little) => v.getInt32(o, little) },
  i8: { type: 'int', bytes: 8, allocate: float64, read: (v, o, little) => Number(v.getBigInt64(o, little)) },
  u1: { type: 'int', bytes: 1, allocate: uint8, read: (v, o) => v.getUint8(o) },
  u2: { type: 'int', bytes: 2, allocate: int32, read: (v, o, little) => v.getUint16(o, little) },
  u4: { type: 'int', bytes: 4, allocate: float64, read: (v, o, little) => v.getUint32(o, little) },
  u8: { type: 'int', bytes: 8, allocate: float64, read: (v, o, little) => Number(v.getBigUint64(o, little)) },
  b1: { type: 'int', bytes: 1, allocate: uint8, read: (v, o) => v.getUint8(o) },
};

const magic = '\x93NUMPY';
const advice = 'Save it with numpy.save(file, array).';

function corrupt(file: string, what: string, todo = advice): TrainingError {
  return new TrainingError('DATA_CORRUPT', `${file}: ${what}. ${todo}`);
}

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EISDIR: 'it is a folder; expected a .npy file',
  EACCES: 'permission denied',
};

async function readBytes(file: string): Promise<Buffer> {
  try {
    return await fs.readFile(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    const why = unreadable[code] ?? code;
    throw new TrainingError('DATA_MISSING', `${file} cannot be read: ${why}.`, { cause });
  }
}

interface Header {
  readonly shape: readonly number[];
  readonly elements: ElementType;
  readonly littleEndian: boolean;
  readonly columnMajor: boolean;
  /** Where the elements begin. */
  readonly offset: number;
}

function readHeader(file: string, bytes: Buffer): Header {
  if (bytes.toString('latin1', 0, magic.length) !== magic) {
    const isZip = bytes.toString('latin1', 0, 2) === 'PK';
    throw corrupt(file, isZip ? 'this is an .npz archive, not one array' : 'this is not a .npy file');
  }
  const version = bytes[6] ?? 0;
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw corrupt(file, 'the header is truncated');
  const length = version === 1 ? bytes.readUInt16LE(8) : bytes.readUInt32LE(8);
  if (bytes.length < start + length) throw corrupt(file, 'the header is truncated');
  const text = bytes.toString('latin1', start, start + length);
  const descr = /'descr':\s*'([<>|=])([a-z]\d+)'/i.exec(text);
  const shape = /'shape':\s*\(([^)]*)\)/.exec(text)?.[1];
  const elements = elementTypes[descr?.[2] ?? ''];
  if (shape === undefined) throw corrupt(file, 'its header has no shape');
  if (!descr || !elements) {
    const dtype = /'descr':\s*('[^']*'|\[)/.exec(text)?.[1] ?? 'unknown';
    const what = `elements of type ${dtype} cannot be read; expected float32, float64, integers or booleans`;
    throw corrupt(file, what, "Save it with numpy.save(file, array.astype('float32')).");
  }
  const lengths = shape.split(',').filter((part) => part.trim() !== '');
  return {
    shape: lengths.map(Number),
    elements,
    littleEndian: descr[1] !== '>',
    columnMajor: /'fortran_order':\s*True/.test(text),
    offset: start + length,
  };
}

/** Throws a TrainingError (DATA_MISSING, DATA_CORRUPT) that names the file and says what is wrong with it. */
export async function readNpy(file: string): Promise<NpyArray> {
  return parseNpy(file, await readBytes(file));
}

/** The array in the bytes of a .npy file, which messages call `file`. Throws a TrainingError (DATA_CORRUPT). */
export function parseNpy(file: string, bytes: Buffer): NpyArray {
  const { shape, elements, littleEndian, columnMajor, offset } = readHeader(file, bytes);
  const size = shape.reduce((product, length) => product * length, 1);
  const expected = offset + size * elements.bytes;
  if (bytes.length !== expected) {
    const state = bytes.length < expected ? 'truncated' : 'too long';
    throw corrupt(file, `${state}: ${bytes.length} bytes instead of ${expected} for shape [${shape.join(', ')}]`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = elements.allocate(size);
  const placeOf = columnMajor ? rowMajorPlaces(shape) : null;
  for (let i = 0; i < size; i++)
    data[placeOf?.(i) ?? i] = elements.read(view, offset + i * elements.bytes, littleEndian);
  return { shape, type: elements.type, data };
}

/** From a position in column-major order (Fortran's) to that in row-major order. */
function rowMajorPlaces(shape: readonly number[]): (position: number) => number {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, length) => product * length, 1));
  return (position) => {
    let rest = position;
    let place = 0;
    shape.forEach((length, axis) => {
      place += (rest % length) * (strides[axis] ?? 1);
      rest = Math.floor(rest / length);
    });
    return place;
  };
}
