import fs from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from '@ritz/testing/vitest';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { npyBytes } from '../testing/npy.ts';
import { readArray } from './readArray.ts';

describe('readArray', () => {
  it('reads the one array of an archive, or the one that is named', async () => {
    const folder = await temporaryFolder();
    const one = path.join(folder, 'one.npz');
    const two = path.join(folder, 'two.npz');
    await fs.writeFile(one, zipSync({ 'x.npy': npyBytes('<f4', [2, 2], [1, 2, 3, 4]) }));
    await fs.writeFile(two, zipSync({ 'x.npy': npyBytes('<f4', [1], [5]), 'y.npy': npyBytes('<i8', [3], [7, 8, 9]) }));
    expect(await readArray(one)).toMatchObject({ shape: [2, 2], type: 'float' });
    expect([...(await readArray(`${two}:y`)).data]).toEqual([7, 8, 9]);
    await expect(readArray(two)).rejects.toThrow(`two.npz: expected one array, got 2. Name one: ${two}:x, ${two}:y.`);
    await expect(readArray(`${two}:z`)).rejects.toThrow('expected the name of one of its arrays');
    await fs.writeFile(one, 'PK');
    await expect(readArray(one)).rejects.toThrow('one.npz is not a valid .npz archive.');
    await expect(readArray(path.join(folder, 'none.npz'))).rejects.toThrow('none.npz cannot be read');
  });

  it('puts the arrays of a folder one after the other, by their numbers', async () => {
    const folder = await temporaryFolder();
    const write = (name: string, shape: number[], values: number[]): Promise<void> =>
      fs.writeFile(path.join(folder, name), npyBytes('<f4', shape, values));
    await write('part2.npy', [1, 2], [3, 4]);
    await write('part10.npy', [2, 2], [5, 6, 7, 8]);
    await write('part1.npy', [1, 2], [1, 2]);
    const rows = await readArray(folder, 2);
    expect(rows.shape).toEqual([4, 2]);
    expect([...rows.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    await write('part11.npy', [2], [1, 2]);
    await expect(readArray(folder)).rejects.toThrow('part11.npy: expected the type and the shape of');
  });

  it('takes files of one axis less as examples', async () => {
    const folder = await temporaryFolder();
    for (const row of [0, 1]) {
      await fs.writeFile(path.join(folder, `${row}.npy`), npyBytes('<f4', [3], [row, row, row]));
    }
    expect((await readArray(folder, 2)).shape).toEqual([2, 3]);
    expect((await readArray(folder, 1)).shape).toEqual([6]);
    await expect(readArray(await temporaryFolder())).rejects.toThrow('expected .npy files in this folder, got none.');
  });
});
