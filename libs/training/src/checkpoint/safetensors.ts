/**
 * Reads and writes safetensors files: 8 bytes with the length of a JSON header, the header (per tensor its dtype, shape and
 * place), then the tensors, little-endian and without gaps. PyTorch, JAX and NumPy read the same files.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { readBytes } from '../data/readBytes.ts';
import { TrainingError } from '../error/TrainingError.ts';

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array | Float32Array;
}

export interface Safetensors {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: 'F64' | 'F32';
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Longer headers are refused: a file that asks for one is not a checkpoint. */
const maxHeaderBytes = 100 * 2 ** 20;

/**
 * Writes the file under another name and renames it once it is on disk: after a crash either the old file or the new one
 * is there, complete. One process at a time may write a file. Throws a TrainingError (NOT_WRITABLE).
 */
export async function writeSafetensors(file: string, { tensors, metadata }: Safetensors): Promise<void> {
  const entries: Record<string, Entry | Readonly<Record<string, string>>> = { __metadata__: metadata };
  let end = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const dtype = data instanceof Float64Array ? 'F64' : 'F32';
    entries[name] = { dtype, shape, data_offsets: [end, end + data.byteLength] };
    end += data.byteLength;
  }
  const text = Buffer.from(JSON.stringify(entries));
  // Tensors start at a multiple of 8 bytes: the header is padded with spaces.
  const header = Buffer.concat([text, Buffer.alloc((8 - (text.length % 8)) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));

  // Overwrites what a killed process left.
  const partial = `${file}.partial`;
  try {
    await fs.mkdir(path.dirname(file), { recursive: true });
    const handle = await fs.open(partial, 'w');
    try {
      await handle.writev([length, header]);
      for (const { data } of Object.values(tensors)) {
        await handle.writeFile(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(partial, file);
  } catch (cause) {
    await fs.rm(partial, { force: true }).catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TrainingError('NOT_WRITABLE', `${file} cannot be written (${reason}). The old file is kept.`, {
      cause,
    });
  }
}

/** Throws a TrainingError: DATA_MISSING when the file cannot be read, DATA_CORRUPT when it is cut off or not safetensors. */
export async function readSafetensors(file: string): Promise<Safetensors> {
  const content = await readBytes(file);
  const corrupt = (what: string): TrainingError =>
    new TrainingError('DATA_CORRUPT', `${file} is not a valid safetensors file: ${what}.`);
  const length = content.length < 8 ? 0n : content.readBigUInt64LE();
  if (length < 2n || length > BigInt(maxHeaderBytes) || 8 + Number(length) > content.length) {
    throw corrupt(`its ${content.length} bytes do not hold a header of ${length}`);
  }
  const start = 8 + Number(length);
  const { __metadata__: metadata = {}, ...entries } = parseHeader(content.subarray(8, start).toString('utf8'), corrupt);
  const tensors: Record<string, Tensor> = {};
  for (const [name, entry] of Object.entries(entries)) {
    tensors[name] = { shape: entry.shape, data: readTensor(name, entry, content.subarray(start), corrupt) };
  }
  return { tensors, metadata };
}

type Header = Record<string, Entry> & { readonly __metadata__?: Readonly<Record<string, string>> };

function parseHeader(text: string, corrupt: (what: string) => TrainingError): Header {
  try {
    return JSON.parse(text) as Header;
  } catch {
    throw corrupt('its header is not JSON');
  }
}

function readTensor(
  name: string,
  { dtype, shape, data_offsets: [from, to] }: Entry,
  tensors: Uint8Array,
  corrupt: (what: string) => TrainingError,
): Float64Array | Float32Array {
  const size = shape.reduce((product, axis) => product * axis, 1);
  const width = { F64: 8, F32: 4 }[dtype];
  if (width === undefined) throw corrupt(`${name} has type ${String(dtype)}; expected F32 or F64`);
  if (to - from !== size * width || to > tensors.length || from < 0) {
    throw corrupt(`${name} of shape [${shape.join(', ')}] would lie at bytes ${from} to ${to} of ${tensors.length}`);
  }
  const bytes = new Uint8Array(tensors.subarray(from, to)).buffer; // a copy, at an offset that every element type accepts
  return dtype === 'F64' ? new Float64Array(bytes) : new Float32Array(bytes);
}
