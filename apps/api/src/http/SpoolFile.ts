/** A temporary file that is written at its end and read from its beginning; it starts again when all of it was read. */
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Read at a time, in bytes. */
const readLength = 2 ** 18;

export class SpoolFile {
  #opened: Promise<{ readonly handle: FileHandle; readonly folder: string }> | null = null;
  #read = 0;
  #written = 0;
  /** Appends and reads, one after the other: none moves the positions under another. */
  #last: Promise<unknown> = Promise.resolve();

  /** Bytes that were appended, or are about to be, and not taken yet. */
  waiting = 0;

  append(bytes: Buffer): Promise<void> {
    this.waiting += bytes.length;
    return this.#inTurn(async () => {
      const { handle } = await this.#open();
      await handle.write(bytes, 0, bytes.length, this.#written);
      this.#written += bytes.length;
    });
  }

  /** The oldest bytes, at most 256 kB of them; `null` when nothing waits. */
  take(): Promise<Buffer | null> {
    return this.#inTurn(async () => {
      const length = Math.min(readLength, this.#written - this.#read);
      if (length === 0) return null;
      const { handle } = await this.#open();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, this.#read);
      this.#read += bytesRead;
      this.waiting -= bytesRead;
      if (this.#read === this.#written) {
        this.#read = this.#written = 0;
        await handle.truncate(0);
      }
      return buffer.subarray(0, bytesRead);
    });
  }

  remove(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.#opened === null) return;
      const { handle, folder } = await this.#opened;
      await handle.close();
      await rm(folder, { recursive: true, force: true });
    });
  }

  #open(): Promise<{ readonly handle: FileHandle; readonly folder: string }> {
    return (this.#opened ??= openIn(path.join(tmpdir(), 'ritz-answer-')));
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}

async function openIn(prefix: string): Promise<{ handle: FileHandle; folder: string }> {
  const folder = await mkdtemp(prefix);
  const file = path.join(folder, 'answer');
  const handle = await open(file, 'wx+', 0o600);
  // Where the system allows it the file has no name from now on, so that nothing is left of it however this process ends.
  await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  return { handle, folder };
}
