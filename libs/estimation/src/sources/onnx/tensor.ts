/** Tensors of an ONNX file as number arrays. */
import onnxProto from 'onnx-proto';
import { EstimationError } from '../../error/EstimationError.ts';
import { sizeOf } from '../../graph/Node.ts';
import type { Constant } from './Value.ts';

type ITensorProto = onnxProto.onnx.ITensorProto;
type LongLike = number | { toNumber(): number };
const { DataType } = onnxProto.onnx.TensorProto;

/** Bytes of a file next to the model, by the location that the model gives. */
export type ExternalData = (location: string) => Uint8Array;

interface Encoding {
  readonly type: Constant['type'];
  readonly bytes: number;
  read(view: DataView, offset: number): number;
  /** The field that holds the elements when they are not raw bytes. */
  readonly field: 'floatData' | 'doubleData' | 'int32Data' | 'int64Data' | 'uint64Data';
  /** Of elements in `field`, when they are stored as the bits of a smaller type. */
  readonly decode?: (bits: number) => number;
}

/** IEEE 754 half precision: 1 sign, 5 exponent, 10 fraction bits. */
function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const scratch = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function fromBfloat16(bits: number): number {
  scratch.setUint32(0, (bits << 16) >>> 0);
  return scratch.getFloat32(0);
}

const encodings: Readonly<Record<number, Encoding>> = {
  [DataType.FLOAT]: { type: 'float', bytes: 4, read: (v, o) => v.getFloat32(o, true), field: 'floatData' },
  [DataType.DOUBLE]: { type: 'float', bytes: 8, read: (v, o) => v.getFloat64(o, true), field: 'doubleData' },
  [DataType.FLOAT16]: {
    type: 'float',
    bytes: 2,
    read: (v, o) => fromFloat16(v.getUint16(o, true)),
    field: 'int32Data',
    decode: fromFloat16,
  },
  [DataType.BFLOAT16]: {
    type: 'float',
    bytes: 2,
    read: (v, o) => fromBfloat16(v.getUint16(o, true)),
    field: 'int32Data',
    decode: fromBfloat16,
  },
  [DataType.INT64]: { type: 'int', bytes: 8, read: (v, o) => fromInt64(v.getBigInt64(o, true)), field: 'int64Data' },
  [DataType.UINT64]: { type: 'int', bytes: 8, read: (v, o) => fromInt64(v.getBigUint64(o, true)), field: 'uint64Data' },
  [DataType.INT32]: { type: 'int', bytes: 4, read: (v, o) => v.getInt32(o, true), field: 'int32Data' },
  [DataType.UINT32]: { type: 'int', bytes: 4, read: (v, o) => v.getUint32(o, true), field: 'uint64Data' },
  [DataType.INT16]: { type: 'int', bytes: 2, read: (v, o) => v.getInt16(o, true), field: 'int32Data' },
  [DataType.UINT16]: { type: 'int', bytes: 2, read: (v, o) => v.getUint16(o, true), field: 'int32Data' },
  [DataType.INT8]: { type: 'int', bytes: 1, read: (v, o) => v.getInt8(o), field: 'int32Data' },
  [DataType.UINT8]: { type: 'int', bytes: 1, read: (v, o) => v.getUint8(o), field: 'int32Data' },
  [DataType.BOOL]: { type: 'bool', bytes: 1, read: (v, o) => v.getUint8(o), field: 'int32Data' },
};

function fromInt64(value: bigint): number {
  const limit = BigInt(Number.MAX_SAFE_INTEGER);
  return Number(value > limit ? limit : value < -limit ? -limit : value);
}

/** 64-bit integers come as objects; those beyond 2^53 are clamped. */
export function toNumber(value: LongLike | null | undefined): number {
  if (typeof value !== 'object' || value === null) return value ?? 0;
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, value.toNumber()));
}

/** Which element type a tensor or an input of this data type has here; null: none (strings, complex numbers, …). */
export function elementTypeOf(dataType: number): Constant['type'] | null {
  return encodings[dataType]?.type ?? null;
}

/** The name of a type of real numbers that holds fewer digits than float32; null for other types. */
export function reducedPrecisionOf(dataType: number): string | null {
  if (dataType === DataType.FLOAT16) return 'float16';
  return dataType === DataType.BFLOAT16 ? 'bfloat16' : null;
}

/** Throws an EstimationError (BAD_FILE, UNSUPPORTED) that names the tensor. */
export function readTensor(proto: ITensorProto, external: ExternalData): Constant {
  const name = proto.name ?? '';
  const dataType = proto.dataType ?? 0;
  const encoding = encodings[dataType];
  if (!encoding) {
    const type = DataType[dataType] ?? `number ${dataType}`;
    throw new EstimationError(
      'UNSUPPORTED',
      `Tensor "${name}" of the ONNX file has data type ${type}; expected a number.`,
    );
  }
  const shape = (proto.dims ?? []).map((length) => toNumber(length as LongLike));
  const values = elementsOf(proto, encoding, sizeOf(shape), external);
  if (values.length !== sizeOf(shape)) {
    throw new EstimationError(
      'BAD_FILE',
      `Tensor "${name}" of the ONNX file holds ${values.length} numbers, but its shape is [${shape.join(', ')}].`,
    );
  }
  return { shape, type: encoding.type, values };
}

function elementsOf(proto: ITensorProto, encoding: Encoding, size: number, external: ExternalData): Float64Array {
  const raw = bytesOf(proto, external);
  if (raw === null) {
    const decode = encoding.decode ?? ((value: number) => value);
    return Float64Array.from((proto[encoding.field] ?? []) as LongLike[], (element) => decode(toNumber(element)));
  }
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const stored = Math.min(size, Math.floor(raw.byteLength / encoding.bytes));
  const values = new Float64Array(stored);
  for (let i = 0; i < stored; i++) values[i] = encoding.read(view, i * encoding.bytes);
  return values;
}

function bytesOf(proto: ITensorProto, external: ExternalData): Uint8Array | null {
  if (proto.dataLocation === onnxProto.onnx.TensorProto.DataLocation.EXTERNAL) {
    const entries = new Map((proto.externalData ?? []).map(({ key, value }) => [key, value ?? '']));
    const file = external(entries.get('location') ?? '');
    const offset = Number(entries.get('offset') ?? 0);
    const length = entries.get('length');
    return file.subarray(offset, length === undefined ? undefined : offset + Number(length));
  }
  return proto.rawData && proto.rawData.byteLength > 0 ? proto.rawData : null;
}
