/** The six files of the official binary version of CIFAR-10 (Krizhevsky, 2009), and their checksums. */
import { createHash } from 'node:crypto';
import path from 'node:path';
import { TrainingError } from '../../error/TrainingError.ts';
import { readBytes } from '../readBytes.ts';

/** Images per file. */
export const imagesPerFile = 10_000;
/** One record: the label, then 1024 red, 1024 green and 1024 blue bytes, each row by row. */
export const recordBytes = 1 + 3 * 32 * 32;

export interface Cifar10File {
  readonly name: string;
  readonly part: 'train' | 'test';
  readonly sha256: string;
}

const train = [
  'cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5',
  'a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed',
  'bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67',
  '014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48',
  '755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add',
];

export const cifar10Files: readonly Cifar10File[] = [
  ...train.map((sha256, i) => ({ name: `data_batch_${i + 1}.bin`, part: 'train' as const, sha256 })),
  {
    name: 'test_batch.bin',
    part: 'test',
    sha256: '8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b',
  },
];

/** Throws a TrainingError (DATA_CORRUPT) that names the file unless its content is the official one. */
export function checkContent(file: Cifar10File, where: string, content: Uint8Array): void {
  const found = createHash('sha256').update(content).digest('hex');
  if (found === file.sha256) return;
  const what = `${content.length} bytes with SHA-256 ${found}, instead of ${imagesPerFile * recordBytes} with ${file.sha256}`;
  throw new TrainingError('DATA_CORRUPT', `${where}: ${what}. Delete it and fetch CIFAR-10 again.`);
}

/** The checked content of one file. Throws a TrainingError (DATA_MISSING, DATA_CORRUPT) that names it. */
export async function readCifar10File(directory: string, file: Cifar10File): Promise<Uint8Array> {
  const where = path.join(directory, file.name);
  const content = await readBytes(where, 'Fetch CIFAR-10 first (ritz data fetch cifar10).');
  checkContent(file, where, content);
  return content;
}
