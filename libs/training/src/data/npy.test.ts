import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNpy } from './npy.ts';

let directory = '';
beforeAll(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), 'npy-'));
});
afterAll(() => fs.rm(directory, { recursive: true }));

/** As numpy.save writes it: the header padded to a multiple of 64 bytes. */
async function write(descr: string, shape: string, elements: Uint8Array, fortran = 'False'): Promise<string> {
  const text = `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`;
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + '\n';
  const length = Buffer.alloc(2);
  length.writeUInt16LE(header.length);
  const file = path.join(directory, `${Math.random()}.npy`);
  await fs.writeFile(
    file,
    Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(header), elements]),
  );
  return file;
}

function bytesOf(values: ArrayBufferView): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

describe('readNpy', () => {
  it.each([
    ["'<f4'", Float32Array.of(1.5, -2, 0.25, 3, 4, 5), 'float'],
    ["'<f8'", Float64Array.of(1 / 3, -2, 0.25, 3, 4, 5), 'float'],
    ["'<i4'", Int32Array.of(1, -2, 3, 4, 5, 6), 'int'],
    ["'<i8'", BigInt64Array.of(1n, -2n, 3n, 4n, 5n, 6n), 'int'],
    ["'|u1'", Uint8Array.of(0, 255, 3, 4, 5, 6), 'int'],
    ["'|b1'", Uint8Array.of(0, 1, 1, 0, 0, 1), 'int'],
  ])('reads elements of type %s with their shape', async (descr, values, type) => {
    const array = await readNpy(await write(descr, '(2, 3)', bytesOf(values)));
    expect(array.shape).toEqual([2, 3]);
    expect(array.type).toBe(type);
    expect([...array.data]).toEqual(Array.from(values, Number));
  });

  it('reads big-endian elements, vectors and scalars', async () => {
    const big = await readNpy(await write("'>i2'", '(2,)', Uint8Array.of(1, 0, 255, 255)));
    expect([...big.data]).toEqual([256, -1]);
    expect(big.shape).toEqual([2]);
    const scalar = await readNpy(await write("'>f4'", '()', Uint8Array.of(0xc0, 0x20, 0, 0)));
    expect([...scalar.data]).toEqual([-2.5]);
    expect(scalar.shape).toEqual([]);
  });

  it('reads half precision, and arrays in column-major order', async () => {
    const half = await readNpy(await write("'<f2'", '(4,)', bytesOf(Uint16Array.of(0x3c00, 0xc100, 0x0001, 0x7bff))));
    expect([...half.data]).toEqual([1, -2.5, 2 ** -24, 65504]);
    // As numpy.save(file, numpy.asfortranarray(numpy.arange(6).reshape(1, 2, 3))) writes it.
    const columns = bytesOf(Int32Array.of(0, 3, 1, 4, 2, 5));
    const array = await readNpy(await write("'<i4'", '(1, 2, 3)', columns, 'True'));
    expect([...array.data]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(array.shape).toEqual([1, 2, 3]);
  });

  it('names the file and says what is wrong', async () => {
    const four = Uint8Array.of(0, 0, 0, 0);
    await expect(readNpy(path.join(directory, 'none.npy'))).rejects.toThrow(/none\.npy cannot be read: no such/);
    await expect(readNpy(directory)).rejects.toThrow(/ cannot be read: it is a folder; expected a \.npy file\.$/);
    const cut = await write("'<f4'", '(1,)', four);
    await fs.truncate(cut, 40);
    await expect(readNpy(cut)).rejects.toThrow(/\.npy: the header is truncated\. Save it/);
    await expect(readNpy(await write("'<f4'", '(2, 3)', four))).rejects.toThrow(/truncated: .* shape \[2, 3\]/);
    await expect(readNpy(await write("'|O'", '(1,)', four))).rejects.toThrow(/type '\|O' cannot be read/);
    await expect(readNpy(await write("'<c8'", '(1,)', four))).rejects.toThrow(/type '<c8'/);
    const zip = path.join(directory, 'a.npz');
    await fs.writeFile(zip, 'PK\x03\x04');
    await expect(readNpy(zip)).rejects.toThrow(/a\.npz: this is an \.npz archive/);
    const text = path.join(directory, 'a.txt');
    await fs.writeFile(text, 'hello');
    await expect(readNpy(text)).rejects.toThrow(/a\.txt: this is not a \.npy file/);
  });
});
