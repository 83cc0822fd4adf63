/**
 * The state of a Lanczos run as an append-only file: every few steps the new α, β and basis rows are added and flushed to the
 * disk. A killed run leaves at most one incomplete record, which is dropped; what is before it continues bit for bit.
 *
 * Layout: records of a 16-byte head (payload bytes as float64, CRC-32 of the payload, 0) and a payload of JSON and rows.
 */
import fs from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { floatArray, type FloatArray, type Precision } from '../numbers/precision.ts';
import { LanczosError } from '../error/LanczosError.ts';

/** Everything that decides the numbers of a run; a journal is only continued by the run it belongs to. */
export type RunIdentity = Readonly<Record<string, string | number>>;

/** What one record adds to one probe. */
export interface ProbeProgress {
  readonly index: number;
  readonly alpha: readonly number[];
  readonly beta: readonly number[];
  readonly breakdown: boolean;
  /** Basis rows added. */
  readonly rows: number;
}

type RecordHead =
  { readonly identity: RunIdentity } | { readonly digest: string; readonly probes: readonly ProbeProgress[] };

interface StoredRecord {
  readonly head: RecordHead;
  readonly rows: readonly FloatArray[];
  readonly end: number;
}

export interface Progress {
  /** Digest of the first products of this group of probes: a resumed run must see the same operator. */
  readonly digest: string;
  readonly probes: readonly ProbeProgress[];
  /** The rows that the probes gained, one probe after the other. */
  readonly rows: readonly FloatArray[];
}

const headBytes = 16;
const format = 'ritz-lanczos-1';

export class LanczosJournal {
  readonly file: string;
  private readonly handle: fs.FileHandle;
  readonly dimension: number;
  readonly precision: Precision;
  private end = 0;

  private constructor(file: string, handle: fs.FileHandle, dimension: number, precision: Precision) {
    this.file = file;
    this.handle = handle;
    this.dimension = dimension;
    this.precision = precision;
  }

  /**
   * Opens or creates the file. Throws a LanczosError: CORRUPT_STATE when it belongs to another run (naming the first
   * difference) or is not a journal, STATE_UNWRITABLE when it cannot be written.
   */
  static async open(
    file: string,
    identity: RunIdentity,
    dimension: number,
    precision: Precision,
  ): Promise<LanczosJournal> {
    const expected = { format, ...identity };
    let handle: fs.FileHandle;
    try {
      handle = await fs.open(file, 'r+');
    } catch (error) {
      if (!isMissing(error)) throw unwritable(file, error);
      return LanczosJournal.create(file, expected, dimension, precision);
    }
    const journal = new LanczosJournal(file, handle, dimension, precision);
    try {
      await journal.checkIdentity(expected);
      return journal;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Under another name until the identity is on the disk: the file is never there without it. */
  private static async create(
    file: string,
    identity: RunIdentity,
    dimension: number,
    precision: Precision,
  ): Promise<LanczosJournal> {
    const unfinished = `${file}.new`;
    try {
      const handle = await fs.open(unfinished, 'w+');
      const journal = new LanczosJournal(file, handle, dimension, precision);
      await journal.write({ identity }, []);
      await fs.rename(unfinished, file);
      return journal;
    } catch (error) {
      throw error instanceof LanczosError ? error : unwritable(file, error);
    }
  }

  /** The next record if it is about these probes, otherwise null; an incomplete one at the end is cut off. */
  async next(isWanted: (index: number) => boolean): Promise<Progress | null> {
    const record = await this.read();
    if (!record) {
      await this.handle.truncate(this.end);
      return null;
    }
    const { head, rows, end } = record;
    if (!('probes' in head) || !head.probes.every(({ index }) => isWanted(index))) return null;
    this.end = end;
    return { ...head, rows };
  }

  /** Adds a record and waits until it is on the disk. Throws a LanczosError (STATE_UNWRITABLE), for example when it is full. */
  async append({ digest, probes, rows }: Progress): Promise<void> {
    await this.write({ digest, probes }, rows);
  }

  async close(): Promise<void> {
    await this.handle.close();
  }

  private async checkIdentity(expected: RunIdentity): Promise<void> {
    const first = await this.read();
    if (!first) throw this.corrupt('it is not a saved Lanczos state, or its beginning is damaged');
    this.end = first.end;
    const stored = 'identity' in first.head ? first.head.identity : {};
    for (const key of new Set([...Object.keys(expected), ...Object.keys(stored)])) {
      if (stored[key] !== expected[key]) {
        throw this.corrupt(`it belongs to another run (${key}: ${stored[key]} there, ${expected[key]} here)`);
      }
    }
  }

  private corrupt(what: string): LanczosError {
    return new LanczosError('CORRUPT_STATE', `${this.file}: ${what}; remove it or name another file.`);
  }

  private async read(): Promise<StoredRecord | null> {
    const head = await this.readBytes(this.end, headBytes);
    if (!head) return null;
    const view = new DataView(head.buffer);
    const length = view.getFloat64(0, true);
    const { size } = await this.handle.stat();
    if (!(length >= 4) || this.end + headBytes + length > size) return null;
    const lead = await this.readBytes(this.end + headBytes, 4);
    if (!lead) return null;
    const jsonLength = new DataView(lead.buffer).getUint32(0, true);
    const json = jsonLength <= length ? await this.readBytes(this.end + headBytes + 4, jsonLength) : null;
    if (!json) return null;
    let checksum = crc32(json, crc32(lead));
    const rowBytes = floatArray(this.precision, 1).byteLength * this.dimension;
    const rows: FloatArray[] = [];
    for (let at = 4 + jsonLength; at + rowBytes <= length; at += rowBytes) {
      const bytes = await this.readBytes(this.end + headBytes + at, rowBytes);
      if (!bytes) return null;
      checksum = crc32(bytes, checksum);
      rows.push(this.precision === 'float64' ? new Float64Array(bytes.buffer) : new Float32Array(bytes.buffer));
    }
    if (checksum !== view.getUint32(8, true)) return null;
    const record = JSON.parse(new TextDecoder().decode(json)) as RecordHead;
    return { head: record, rows, end: this.end + headBytes + length };
  }

  private async readBytes(position: number, length: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = new Uint8Array(length);
    let done = 0;
    while (done < length) {
      const { bytesRead } = await this.handle.read(bytes, done, length - done, position + done);
      if (bytesRead === 0) return null;
      done += bytesRead;
    }
    return bytes;
  }

  private async write(head: RecordHead, rows: readonly FloatArray[]): Promise<void> {
    const json = new TextEncoder().encode(JSON.stringify(head));
    const lead = new Uint8Array(4);
    new DataView(lead.buffer).setUint32(0, json.length, true);
    const parts = [lead, json, ...rows.map((row) => new Uint8Array(row.buffer, row.byteOffset, row.byteLength))];
    const length = parts.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const checksum = parts.reduce((sum, part) => crc32(part, sum), 0);
    const frame = new Uint8Array(headBytes);
    const view = new DataView(frame.buffer);
    view.setFloat64(0, length, true);
    view.setUint32(8, checksum, true);
    try {
      let at = this.end;
      for (const part of [frame, ...parts]) {
        await writeWhole(this.handle, part, at);
        at += part.byteLength;
      }
      await this.handle.datasync();
      this.end = at;
    } catch (cause) {
      await this.handle.truncate(this.end).catch(() => undefined);
      throw unwritable(this.file, cause);
    }
  }
}

async function writeWhole(handle: fs.FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.byteLength) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.byteLength - done, position + done);
    done += bytesWritten;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function unwritable(file: string, cause: unknown): LanczosError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new LanczosError(
    'STATE_UNWRITABLE',
    `${file}: the Lanczos state cannot be saved (${why}). Free space there or name another file; what was saved before is kept.`,
    { cause },
  );
}
