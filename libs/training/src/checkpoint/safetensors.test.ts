import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from './safetensors.ts';

let directory: string;
beforeAll(async () => {
  directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-safetensors-'));
});
afterAll(() => fs.rm(directory, { recursive: true, force: true }));

const content = {
  tensors: {
    weight: { shape: [2, 3], data: Float64Array.from([1, -2, Math.PI, 1e-300, -0, 6]) },
    bias: { shape: [3], data: Float32Array.from([0.1, 0.2, 0.3]) },
    scalar: { shape: [], data: Float64Array.of(7) },
  },
  metadata: { step: '12' },
};

describe('safetensors', () => {
  it('gives back every bit of what was written', async () => {
    const file = path.join(directory, 'new', 'whole.safetensors');
    await writeSafetensors(file, content);
    expect(await readSafetensors(file)).toEqual(content);
    expect(await fs.readdir(path.dirname(file))).toEqual(['whole.safetensors']);
  });

  it('writes the layout of the format', async () => {
    const file = path.join(directory, 'layout.safetensors');
    await writeSafetensors(file, { tensors: { a: { shape: [1], data: Float32Array.of(1) } }, metadata: {} });
    const bytes = await fs.readFile(file);
    const length = Number(bytes.readBigUInt64LE());
    expect(length % 8).toBe(0);
    expect(JSON.parse(bytes.subarray(8, 8 + length).toString())).toEqual({
      __metadata__: {},
      a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
    });
    expect(bytes.subarray(8 + length).toString('hex')).toBe('0000803f');
  });

  it('reads what a view of a larger array held', async () => {
    const file = path.join(directory, 'view.safetensors');
    const data = Float64Array.from([0, 1, 2, 3]).subarray(1, 3);
    await writeSafetensors(file, { tensors: { view: { shape: [2], data } }, metadata: {} });
    expect([...((await readSafetensors(file)).tensors['view']?.data ?? [])]).toEqual([1, 2]);
  });

  it('says that a file is cut off, is something else, or is not there', async () => {
    const file = path.join(directory, 'damaged.safetensors');
    await writeSafetensors(file, content);
    const whole = await fs.readFile(file);
    await fs.writeFile(file, whole.subarray(0, whole.length - 1));
    await expect(readSafetensors(file)).rejects.toThrow('scalar of shape [] would lie at bytes 60 to 68 of 67');
    await fs.writeFile(file, whole.subarray(0, 20));
    await expect(readSafetensors(file)).rejects.toThrow('its 20 bytes do not hold a header');
    await fs.writeFile(file, 'this is some other file');
    await expect(readSafetensors(file)).rejects.toThrow('is not a valid safetensors file');
    await fs.writeFile(file, '');
    await expect(readSafetensors(file)).rejects.toThrow('its 0 bytes do not hold a header of 0');
    await expect(readSafetensors(path.join(directory, 'none'))).rejects.toThrow('cannot be read (ENOENT)');
  });

  it('reads a half-precision file not at all rather than wrongly', async () => {
    const file = path.join(directory, 'half.safetensors');
    const header = Buffer.from(JSON.stringify({ h: { dtype: 'F16', shape: [1], data_offsets: [0, 2] } }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    await fs.writeFile(file, Buffer.concat([length, header, Buffer.alloc(2)]));
    await expect(readSafetensors(file)).rejects.toThrow('h has type F16; expected F32 or F64');
  });
});
