import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadImageFolder } from './imageFolder.ts';

let root: string;
beforeAll(async () => {
  root = await fs.mkdtemp(path.join(os.tmpdir(), 'ritz-images-'));
  const colours = { apple: { r: 255, g: 0, b: 0 }, pear: { r: 0, g: 255, b: 0 } };
  for (const part of ['train', 'test']) {
    for (const [name, background] of Object.entries(colours)) {
      const folder = path.join(root, 'whole', part, name);
      await fs.mkdir(folder, { recursive: true });
      for (const [i, [width, height]] of [
        [40, 60],
        [90, 50],
      ].entries()) {
        await sharp({ create: { width: width ?? 1, height: height ?? 1, channels: 3, background } })
          .jpeg({ quality: 100 })
          .toFile(path.join(folder, `image${i}.jpg`));
      }
      await fs.writeFile(path.join(folder, 'notes.txt'), 'not an image');
    }
  }
});
afterAll(() => fs.rm(root, { recursive: true, force: true }));

const load = (folder: string, size = 16) => loadImageFolder(path.join(root, folder), { size });

/** A copy of the whole set, to be changed. */
async function copied(name: string): Promise<string> {
  await fs.cp(path.join(root, 'whole'), path.join(root, name), { recursive: true });
  return path.join(root, name);
}

describe('loadImageFolder', () => {
  it('takes the folders of images as classes, whatever the sizes of the images', async () => {
    const { train, test } = await loadImageFolder(path.join(root, 'whole'), { size: 16 });
    expect(train).toMatchObject({ name: 'whole-train', inputShape: [3, 16, 16], classes: 2 });
    expect([...train.labels, ...test.labels]).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
    const colourOf = (image: number, colour: number): number => train.inputs[(image * 3 + colour) * 256 + 100] ?? 0;
    expect(colourOf(0, 0)).toBeCloseTo((1 - 0.485) / 0.229, 0);
    expect(colourOf(0, 1)).toBeCloseTo((0 - 0.456) / 0.224, 0);
    expect(colourOf(2, 1)).toBeCloseTo((1 - 0.456) / 0.224, 0);
  });

  it('names what is missing or cannot be read', async () => {
    await expect(load('none')).rejects.toThrow('expected a folder `train`');
    const broken = await copied('broken');
    const bad = path.join(broken, 'train', 'pear', 'image0.jpg');
    await fs.writeFile(bad, 'no image');
    await expect(load('broken')).rejects.toThrow(`${bad} is not a readable image`);
    await fs.rm(path.join(broken, 'train', 'pear'), { recursive: true });
    await expect(load('broken')).rejects.toThrow('holds 1 class folders; at least 2 are needed');
    await fs.mkdir(path.join(broken, 'train', 'plum'));
    await expect(load('broken')).rejects.toThrow('plum holds no JPEG, PNG or WebP image');
  });

  it('names an image that was cut off', async () => {
    const image = path.join(await copied('cut'), 'train', 'pear', 'image0.jpg');
    const noise = Buffer.from(Array.from({ length: 3 * 64 * 64 }, (_, i) => (i * i) % 251));
    const whole = await sharp(noise, { raw: { width: 64, height: 64, channels: 3 } })
      .jpeg()
      .toBuffer();
    await fs.writeFile(image, whole.subarray(0, whole.length / 2));
    await expect(load('cut')).rejects.toThrow(`${image} is not a readable image: it is damaged or cut off`);
  });

  it('brings grey, CMYK, 16-bit and transparent images of any shape to three colours', async () => {
    const folder = path.join(await copied('kinds'), 'train', 'apple');
    const red = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 1 } } });
    await red(30, 30).greyscale().jpeg().toFile(path.join(folder, 'a-grey.jpg'));
    await red(30, 30).toColourspace('cmyk').jpeg().toFile(path.join(folder, 'b-cmyk.jpg'));
    await red(30, 30).toColourspace('rgb16').png().toFile(path.join(folder, 'c-deep.png'));
    await red(1, 3000).png().toFile(path.join(folder, 'd-long.png'));
    const { train } = await load('kinds');
    expect([...train.labels]).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
    const pixel = (image: number): number[] =>
      [0.229, 0.224, 0.225].map(
        (scale, colour) =>
          (train.inputs[(image * 3 + colour) * 256 + 100] ?? 0) * scale + ([0.485, 0.456, 0.406][colour] ?? 0),
      );
    const [grey = [], ...coloured] = [0, 1, 2, 3].map(pixel);
    expect(Math.max(...grey) - Math.min(...grey)).toBeLessThan(0.01);
    for (const [r = 0, g = 1, b = 1] of coloured) expect(r - Math.max(g, b)).toBeGreaterThan(0.8);
  });

  it('leaves files beside the class folders alone, and takes val for test', async () => {
    const directory = await copied('imagenet');
    await fs.writeFile(path.join(directory, 'train', 'README.md'), '');
    await fs.mkdir(path.join(directory, 'train', '.cache'));
    await fs.rename(path.join(directory, 'test'), path.join(directory, 'val'));
    expect((await load('imagenet')).test).toMatchObject({ classes: 2, name: 'imagenet-test' });
  });

  it('refuses classes that differ between the parts', async () => {
    const directory = await copied('differ');
    await fs.rename(path.join(directory, 'test', 'pear'), path.join(directory, 'test', 'plum'));
    await expect(load('differ')).rejects.toThrow('train has the class folder pear, which test has not');
  });

  it('refuses what does not fit into memory, before it reads it', async () => {
    await expect(load('whole', 100_000)).rejects.toMatchObject({
      code: 'DATA_TOO_LARGE',
      message: expect.stringMatching(
        /8 images of 100000 × 100000 pixels take 894 GiB of memory, and .* are free\./,
      ) as unknown,
    });
  });

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(loadImageFolder(path.join(root, 'whole'), { size: 16, signal })).rejects.toThrow('enough');
  });
});
