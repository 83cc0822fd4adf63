/** Bytes of a .npy file, as numpy.save writes them. */

type Descr = '<f4' | '<i8' | '|b1';

const encode: Readonly<Record<Descr, (values: readonly number[]) => ArrayBufferView>> = {
  '<f4': (values) => Float32Array.from(values),
  '<i8': (values) => BigInt64Array.from(values, BigInt),
  '|b1': (values) => Uint8Array.from(values),
};

export function npyBytes(descr: Descr, shape: readonly number[], values: readonly number[]): Uint8Array {
  const lengths = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${lengths}), }`;
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + '\n';
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  const { buffer, byteOffset, byteLength } = encode[descr](values);
  const elements = new Uint8Array(buffer, byteOffset, byteLength);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(header), elements]);
}
