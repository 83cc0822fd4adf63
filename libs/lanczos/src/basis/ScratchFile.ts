/** A file for data that do not fit in memory. It is unlinked once it is open, so that it disappears when the process ends. */
import fs from 'node:fs';
import path from 'node:path';
import { LanczosError } from '../error/LanczosError.ts';

/** What another thread of the process needs to use the file. */
export interface ScratchHandle {
  readonly descriptor: number;
  readonly directory: string;
}

export class ScratchFile {
  readonly handle: ScratchHandle;

  /** A file that `create` made, perhaps in another thread. */
  constructor(handle: ScratchHandle) {
    this.handle = handle;
  }

  /**
   * A file of that size in the directory, all zeros. Throws a LanczosError: BAD_OPTION when the file system lacks space,
   * STATE_UNWRITABLE when the file cannot be created.
   */
  static create(directory: string, bytes: number): ScratchFile {
    try {
      const { bavail, bsize } = fs.statfsSync(directory);
      if (bavail * bsize < bytes) {
        throw new LanczosError(
          'BAD_OPTION',
          `scratch: the Lanczos basis takes ${bytes} bytes, but ${directory} has only ${bavail * bsize} left: ` +
            'free space there, name another directory or take fewer steps or probes.',
        );
      }
      const folder = fs.mkdtempSync(path.join(directory, 'ritz-basis-'));
      const descriptor = fs.openSync(path.join(folder, 'rows'), 'wx+');
      fs.rmSync(folder, { recursive: true });
      fs.ftruncateSync(descriptor, bytes);
      return new ScratchFile({ descriptor, directory });
    } catch (error) {
      throw error instanceof LanczosError ? error : failure(directory, error);
    }
  }

  /** Throws a LanczosError (STATE_UNWRITABLE) when the data cannot be read back. */
  read(position: number, target: Uint8Array): void {
    const { descriptor, directory } = this.handle;
    try {
      let done = 0;
      while (done < target.byteLength) {
        const count = fs.readSync(descriptor, target, done, target.byteLength - done, position + done);
        if (count === 0) throw new Error('the file ends too early');
        done += count;
      }
    } catch (error) {
      throw failure(directory, error);
    }
  }

  /** Throws a LanczosError (STATE_UNWRITABLE), for example when the disk has filled up meanwhile. */
  write(position: number, source: Uint8Array): void {
    const { descriptor, directory } = this.handle;
    try {
      let done = 0;
      while (done < source.byteLength) {
        done += fs.writeSync(descriptor, source, done, source.byteLength - done, position + done);
      }
    } catch (error) {
      throw failure(directory, error);
    }
  }

  close(): void {
    fs.closeSync(this.handle.descriptor);
  }
}

function failure(directory: string, cause: unknown): LanczosError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new LanczosError(
    'STATE_UNWRITABLE',
    `scratch: the Lanczos basis cannot be kept in ${directory} (${why}); name another directory.`,
    { cause },
  );
}
