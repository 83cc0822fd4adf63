/** A folder of class folders of images (JPEG, PNG, WebP), as ImageNet is usually kept: the folder names are the classes. */
import type { Dirent } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { TrainingError } from '../error/TrainingError.ts';
import type { DataSet, SplitDataSet } from './DataSet.ts';

/** Mean and standard deviation of each colour over ImageNet, on a scale from 0 to 1. */
const mean = [0.485, 0.456, 0.406] as const;
const deviation = [0.229, 0.224, 0.225] as const;
/** Images between two progress messages. */
const progressEvery = 1000;
const imageName = /\.(jpe?g|png|webp)$/i;

const expected = 'expected a folder `train` and a folder `test` or `val`, each with one folder of images per class';

export interface ImageFolderOptions {
  /** Rows and columns that images are brought to. */
  readonly size: number;
  readonly onProgress?: (what: string) => void;
  readonly signal?: AbortSignal;
}

async function list(directory: string): Promise<Dirent[]> {
  try {
    const entries = await fs.readdir(directory, { withFileTypes: true });
    return entries.filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new TrainingError('DATA_MISSING', `${directory} cannot be read (${code}): ${expected}.`, { cause });
  }
}

/** Links to folders are folders. */
async function isFolder(root: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return fs.stat(path.join(root, entry.name)).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** The middle square of an image whose shorter side is scaled to size · 256 / 224, as for ImageNet; [3, size, size]. */
async function readImage(file: string, size: number): Promise<Uint8Array> {
  const enlarged = Math.round((size * 256) / 224);
  const margin = Math.floor((enlarged - size) / 2);
  const { default: sharp } = await import('sharp');
  try {
    return await sharp(file)
      .resize(enlarged, enlarged, { fit: 'cover' })
      .extract({ left: margin, top: margin, width: size, height: size })
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer();
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    // libvips shares one list of messages between threads, so its message about a file varies.
    const reason = /failOn|premature end/.test(said) ? 'it is damaged or cut off' : said;
    throw new TrainingError('DATA_CORRUPT', `${file} is not a readable image: ${reason}`, { cause });
  }
}

interface Labelled {
  readonly file: string;
  readonly label: number;
}

/** The class folders of a part, and their images; other files are ignored. */
async function contentsOf(root: string): Promise<{ readonly classes: string[]; readonly files: Labelled[] }> {
  const classes: string[] = [];
  const files: Labelled[] = [];
  for (const entry of await list(root)) {
    if (!(await isFolder(root, entry))) continue;
    const folder = path.join(root, entry.name);
    const images = (await list(folder)).filter(({ name }) => imageName.test(name));
    if (images.length === 0) throw new TrainingError('DATA_MISSING', `${folder} holds no JPEG, PNG or WebP image.`);
    for (const { name } of images) files.push({ file: path.join(folder, name), label: classes.length });
    classes.push(entry.name);
  }
  if (classes.length < 2) {
    throw new TrainingError('DATA_MISSING', `${root} holds ${classes.length} class folders; at least 2 are needed.`);
  }
  return { classes, files };
}

/** All of them are held at once, as float32. */
function requireMemory(directory: string, images: number, size: number): void {
  const gibibytes = (images * 3 * size ** 2 * Float32Array.BYTES_PER_ELEMENT) / 2 ** 30;
  const available = process.availableMemory() / 2 ** 30;
  if (gibibytes <= available) return;
  throw new TrainingError(
    'DATA_TOO_LARGE',
    `${directory}: ${images} images of ${size} × ${size} pixels take ${gibibytes.toPrecision(3)} GiB of memory, and ` +
      `${available.toPrecision(3)} GiB are free. Take a smaller data.size, or a folder of fewer images.`,
  );
}

async function loadImages(
  name: string,
  { classes, files }: Awaited<ReturnType<typeof contentsOf>>,
  { size, onProgress, signal }: ImageFolderOptions,
): Promise<DataSet> {
  const plane = size * size;
  const inputs = new Float32Array(files.length * 3 * plane);
  let row = 0;
  const readOn = async (): Promise<void> => {
    while (row < files.length) {
      signal?.throwIfAborted();
      const at = row++;
      if (at % progressEvery === 0) onProgress?.(`${name}: image ${at} of ${files.length}`);
      const pixels = await readImage((files[at] as Labelled).file, size);
      mean.forEach((colourMean, colour) => {
        const start = (at * 3 + colour) * plane;
        const scale = deviation[colour] ?? 1;
        for (let pixel = 0; pixel < plane; pixel++) {
          inputs[start + pixel] = ((pixels[3 * pixel + colour] as number) / 255 - colourMean) / scale;
        }
      });
    }
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, readOn));
  const labels = Int32Array.from(files, ({ label }) => label);
  return { name, inputs, labels, inputShape: [3, size, size], classes: classes.length };
}

/**
 * All images in memory, [N, 3, size, size], standardised by ImageNet's colours; classes in the order of their folders' names.
 * Throws a TrainingError (DATA_MISSING, DATA_CORRUPT, DATA_TOO_LARGE) that names the folder or file; the signal's reason when it is
 * aborted.
 */
export async function loadImageFolder(directory: string, options: ImageFolderOptions): Promise<SplitDataSet> {
  const names = (await list(directory)).map(({ name }) => name);
  const testFolder = names.includes('val') && !names.includes('test') ? 'val' : 'test';
  const train = await contentsOf(path.join(directory, 'train'));
  const test = await contentsOf(path.join(directory, testFolder));
  const [more, less] = train.classes.length >= test.classes.length ? [train, test] : [test, train];
  const odd = more.classes.find((name) => !less.classes.includes(name));
  if (odd !== undefined) {
    const [has, lacks] = more === train ? ['train', testFolder] : [testFolder, 'train'];
    throw new TrainingError(
      'DATA_CORRUPT',
      `${directory}: ${has} has the class folder ${odd}, which ${lacks} has not; expected the same classes in both.`,
    );
  }
  requireMemory(directory, train.files.length + test.files.length, options.size);
  const name = path.basename(directory);
  return {
    train: await loadImages(`${name}-train`, train, options),
    test: await loadImages(`${name}-test`, test, options),
  };
}
