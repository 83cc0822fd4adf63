import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadNpyData, type NpyFiles } from './npyData.ts';

let root: string;
let files: NpyFiles;

/** As numpy.save writes it, format version 1. */
async function save(name: string, descr: string, shape: readonly number[], data: ArrayBufferView): Promise<string> {
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const header = dictionary.padEnd(Math.ceil((dictionary.length + 11) / 64) * 64 - 11) + '\n';
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  start.writeUInt16LE(header.length, 8);
  const file = path.join(root, name);
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  await fs.writeFile(file, Buffer.concat([start, Buffer.from(header, 'latin1'), bytes]));
  return file;
}

beforeAll(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-npy-'));
  files = {
    trainInputs: await save('x.npy', '<f4', [3, 2], Float32Array.from([1, 2, 3, 4, 5, 6])),
    trainLabels: await save('y.npy', '<i4', [3], Int32Array.from([0, 2, 1])),
    testInputs: await save('xt.npy', '<f4', [1, 2], Float32Array.from([7, 8])),
    testLabels: await save('yt.npy', '<i4', [1], Int32Array.from([1])),
  };
});
afterAll(() => fs.rm(root, { recursive: true, force: true }));

describe('loadNpyData', () => {
  it('reads inputs and labels, and counts the classes', async () => {
    const { train, test } = await loadNpyData(files);
    expect(train).toEqual({
      name: 'npy-train',
      inputs: Float32Array.from([1, 2, 3, 4, 5, 6]),
      labels: Int32Array.from([0, 2, 1]),
      inputShape: [2],
      classes: 3,
    });
    expect([...test.inputs, ...test.labels, test.classes]).toEqual([7, 8, 1, 3]);
    expect((await loadNpyData({ ...files, classes: 5 })).train.classes).toBe(5);
  });

  it('names the file and the row that cannot be', async () => {
    const nan = await save('nan.npy', '<f4', [3, 2], Float32Array.from([1, 2, 3, 4, 5, Number.NaN]));
    await expect(loadNpyData({ ...files, trainInputs: nan })).rejects.toThrow(`${nan}: row 2 holds NaN`);
    const few = await save('few.npy', '<i4', [2], Int32Array.from([0, 1]));
    await expect(loadNpyData({ ...files, trainLabels: few })).rejects.toThrow(
      `${few}: expected integer labels [3], got int [2].`,
    );
    const high = await save('high.npy', '<i4', [1], Int32Array.from([9]));
    await expect(loadNpyData({ ...files, testLabels: high })).rejects.toThrow(`${high}: row 0 is 9; expected 0 to 2.`);
    const wide = await save('wide.npy', '<f4', [1, 3], Float32Array.from([1, 2, 3]));
    await expect(loadNpyData({ ...files, testInputs: wide })).rejects.toThrow('the shapes [2] and [3]');
  });

  it('names inputs that are no list of examples, or not numbers of float32', async () => {
    const flat = await save('flat.npy', '<f4', [3], Float32Array.from([1, 2, 3]));
    await expect(loadNpyData({ ...files, trainInputs: flat })).rejects.toThrow(
      `${flat}: expected examples [N, …], at least one with at least one number, got the shape [3].`,
    );
    const none = await save('none.npy', '<f4', [0, 2], new Float32Array());
    await expect(loadNpyData({ ...files, trainInputs: none })).rejects.toThrow('got the shape [0, 2]');
    const large = await save('large.npy', '<f8', [3, 2], Float64Array.from([1, 2, 3, 1e300, 5, 6]));
    await expect(loadNpyData({ ...files, trainInputs: large })).rejects.toThrow(
      `${large}: row 1 holds 1e+300; expected finite float32 numbers.`,
    );
  });

  it('names labels that are no class indices', async () => {
    const wild = await save('wild.npy', '<i8', [3], BigInt64Array.from([0n, 5_000_000_000n, 1n]));
    await expect(loadNpyData({ ...files, trainLabels: wild })).rejects.toThrow(`${wild}: row 1 is 5000000000`);
    const sparse = await save('sparse.npy', '<i4', [3], Int32Array.from([0, 700_000_000, 1]));
    await expect(loadNpyData({ ...files, trainLabels: sparse })).rejects.toThrow(
      `${sparse}: the labels of 3 examples go from 0 to 700000000: expected indices of at least two classes, from 0. If`,
    );
    const same = await save('same.npy', '<i4', [3], new Int32Array(3));
    await expect(loadNpyData({ ...files, trainLabels: same })).rejects.toThrow('go from 0 to 0');
  });

  it('standardises by the training examples where that is wanted', async () => {
    const { train, test } = await loadNpyData({ ...files, standardise: true });
    const scale = Math.sqrt(8 / 3);
    // [1, 3, 5] and [2, 4, 6] to mean 0 and deviation 1.
    expect([...train.inputs].map((value) => value * scale)).toEqual(
      [-2, -2, 0, 0, 2, 2].map((x) => expect.closeTo(x, 5) as number),
    );
    expect([...test.inputs].map((value) => value * scale)).toEqual([4, 4].map((x) => expect.closeTo(x, 5) as number));
  });

  it('standardises images by channel, and leaves what never varies at the mean', async () => {
    const images = await save(
      'images.npy',
      '|u1',
      [3, 2, 1, 2],
      Uint8Array.from([0, 10, 7, 7, 0, 10, 7, 7, 0, 10, 7, 7]),
    );
    const one = await save('image.npy', '|u1', [1, 2, 1, 2], Uint8Array.from([5, 10, 9, 7]));
    const { train, test } = await loadNpyData({ ...files, trainInputs: images, testInputs: one, standardise: true });
    expect([...train.inputs.subarray(0, 4)]).toEqual([-1, 1, 0, 0]);
    expect([...test.inputs]).toEqual([0, 1, 2, 0]);
  });
});
