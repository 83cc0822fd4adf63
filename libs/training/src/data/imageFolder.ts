/** A folder of class folders of images (JPEG, PNG, WebP), as ImageNet is usually kept: the folder names are the classes. */
import fs from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { TrainingError } from '../error/TrainingError.ts';
import type { DataSet, SplitDataSet } from './DataSet.ts';

/** Mean and standard deviation of each colour over ImageNet, on a scale from 0 to 1. */
const mean = [0.485, 0.456, 0.406] as const;
const deviation = [0.229, 0.224, 0.225] as const;
const imageName = /\.(jpe?g|png|webp)$/i;

async function list(directory: string): Promise<string[]> {
  try {
    return (await fs.readdir(directory)).sort();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    const expected = 'expected a folder `train` and a folder `test`, each with one folder of images a class';
    throw new TrainingError('DATA_MISSING', `${directory} cannot be read (${code}): ${expected}.`, { cause });
  }
}

/** The middle square of an image whose shorter side is scaled to size · 256 / 224, as for ImageNet; [3, size, size]. */
async function readImage(file: string, size: number): Promise<Uint8Array> {
  const enlarged = Math.round((size * 256) / 224);
  const margin = Math.floor((enlarged - size) / 2);
  try {
    return await sharp(file)
      .resize(enlarged, enlarged, { fit: 'cover' })
      .extract({ left: margin, top: margin, width: size, height: size })
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TrainingError('DATA_CORRUPT', `${file} is no image that can be read: ${reason}`, { cause });
  }
}

async function loadPart(directory: string, part: 'train' | 'test', size: number): Promise<DataSet> {
  const root = path.join(directory, part);
  const classes = await list(root);
  const files: { file: string; label: number }[] = [];
  for (const [label, name] of classes.entries()) {
    const folder = path.join(root, name);
    const images = (await list(folder)).filter((file) => imageName.test(file));
    if (images.length === 0) throw new TrainingError('DATA_MISSING', `${folder} holds no JPEG, PNG or WebP image.`);
    for (const image of images) files.push({ file: path.join(folder, image), label });
  }
  if (classes.length < 2) {
    throw new TrainingError('DATA_MISSING', `${root} holds ${classes.length} class folders; at least 2 are needed.`);
  }
  const plane = size * size;
  const inputs = new Float32Array(files.length * 3 * plane);
  for (const [row, { file }] of files.entries()) {
    const pixels = await readImage(file, size);
    mean.forEach((colourMean, colour) => {
      const start = (row * 3 + colour) * plane;
      for (let pixel = 0; pixel < plane; pixel++) {
        inputs[start + pixel] = ((pixels[3 * pixel + colour] as number) / 255 - colourMean) / (deviation[colour] ?? 1);
      }
    });
  }
  const labels = Int32Array.from(files, ({ label }) => label);
  return {
    name: `${path.basename(directory)}-${part}`,
    inputs,
    labels,
    inputShape: [3, size, size],
    classes: classes.length,
  };
}

/**
 * All images in memory, [N, 3, size, size], standardised by ImageNet's colours; classes in the order of their folders' names.
 * Throws a TrainingError (DATA_MISSING, DATA_CORRUPT) that names the folder or file.
 */
export async function loadImageFolder(directory: string, size: number): Promise<SplitDataSet> {
  const [train, test] = [await loadPart(directory, 'train', size), await loadPart(directory, 'test', size)];
  if (train.classes !== test.classes) {
    const counts = `${train.classes} and ${test.classes}`;
    throw new TrainingError(
      'DATA_CORRUPT',
      `${directory}: train and test have ${counts} class folders; expected the same.`,
    );
  }
  return { train, test };
}
