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
});
