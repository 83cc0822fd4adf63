/** Reads the IDX format of the MNIST files: big-endian magic number (type and rank), lengths, then unsigned bytes. */
import { TrainingError } from '../error/TrainingError.ts';
import { readBytes } from './readBytes.ts';

export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const unsignedByte = 0x08;

function corrupt(file: string, what: string): TrainingError {
  return new TrainingError(
    'DATA_CORRUPT',
    `${file}: ${what}. Reinstall the package it belongs to, or replace the file.`,
  );
}

/** Throws a TrainingError (DATA_MISSING, DATA_CORRUPT) that names the file and says what is wrong with it. */
export async function readIdx(file: string, rank: number): Promise<IdxArray> {
  const bytes = await readBytes(file);
  const header = 4 + 4 * rank;
  if (bytes.length < header) throw corrupt(file, `${bytes.length} bytes are too few for an IDX header of ${header}`);
  const magic = bytes.readUInt32BE(0);
  const expectedMagic = (unsignedByte << 8) | rank;
  if (magic !== expectedMagic) throw corrupt(file, `magic number ${magic} instead of ${expectedMagic}`);
  const shape = Array.from({ length: rank }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== header + size) {
    const state = bytes.length < header + size ? 'truncated' : 'too long';
    throw corrupt(file, `${state}: ${bytes.length} bytes instead of ${header + size} for shape [${shape.join(', ')}]`);
  }
  return { shape, data: new Uint8Array(bytes.buffer, bytes.byteOffset + header, size) };
}
