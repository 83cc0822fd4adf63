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

describe('loadImageFolder', () => {
  it('takes the folders of images as classes, whatever the sizes of the images', async () => {
    const { train, test } = await loadImageFolder(path.join(root, 'whole'), 16);
    expect(train).toMatchObject({ name: 'whole-train', inputShape: [3, 16, 16], classes: 2 });
    expect([...train.labels, ...test.labels]).toEqual([0, 0, 1, 1, 0, 0, 1, 1]);
    const colourOf = (image: number, colour: number): number => train.inputs[(image * 3 + colour) * 256 + 100] ?? 0;
    expect(colourOf(0, 0)).toBeCloseTo((1 - 0.485) / 0.229, 0);
    expect(colourOf(0, 1)).toBeCloseTo((0 - 0.456) / 0.224, 0);
    expect(colourOf(2, 1)).toBeCloseTo((1 - 0.456) / 0.224, 0);
  });

  it('names what is missing or cannot be read', async () => {
    await expect(loadImageFolder(path.join(root, 'none'), 16)).rejects.toThrow('expected a folder `train`');
    const broken = path.join(root, 'broken');
    await fs.cp(path.join(root, 'whole'), broken, { recursive: true });
    const bad = path.join(broken, 'train', 'pear', 'image0.jpg');
    await fs.writeFile(bad, 'no image');
    await expect(loadImageFolder(broken, 16)).rejects.toThrow(`${bad} is no image that can be read`);
    await fs.rm(path.join(broken, 'train', 'pear'), { recursive: true });
    await expect(loadImageFolder(broken, 16)).rejects.toThrow('holds 1 class folders; at least 2 are needed');
    await fs.mkdir(path.join(broken, 'train', 'plum'));
    await expect(loadImageFolder(broken, 16)).rejects.toThrow('plum holds no JPEG, PNG or WebP image');
  });
});
