/** The records of one run in a file of JSON lines: written first, sent to an API when there is one (`ritz push` sends it too). */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Line, RecordLine } from '../line/line.ts';
import { RecordError } from '../RecordError.ts';
import { parseRecords } from './readRecords.ts';

/** What a file holds of its run. */
class Contents {
  readonly steps = new Set<number>();
  /** Steps by id. */
  readonly spectra = new Map<string, number>();
  finished = false;

  add(record: RecordLine | Line): void {
    switch (record.kind) {
      case 'step':
        this.steps.add(record.number);
        return;
      case 'spectrum':
        this.spectra.set(record.id, record.step);
        return;
      case 'rewind':
        for (const step of this.steps) if (step > record.step) this.steps.delete(step);
        for (const [id, step] of this.spectra) if (step > record.step) this.spectra.delete(id);
        return;
      case 'finish':
        this.finished = record.status === 'finished';
        return;
      case 'run':
      case 'overlap':
        return;
      default:
        throw new Error(`Unknown kind of record: ${String(record satisfies never)}`);
    }
  }
}

export class RunFile {
  readonly file: string;
  private readonly handle: fs.FileHandle;
  private readonly contents: Contents;
  /** Bytes of whole lines. */
  private size: number;

  private constructor(file: string, handle: fs.FileHandle, contents: Contents, size: number) {
    this.file = file;
    this.handle = handle;
    this.contents = contents;
    this.size = size;
  }

  /**
   * Opens the file, or creates it with `first` as its first record. Half a line at the end, as a killed process leaves it, is cut
   * off.
   * @throws RecordError UNWRITABLE, or UNREADABLE when another line is not a record.
   */
  static async open(file: string, first: RecordLine): Promise<RunFile> {
    try {
      await fs.mkdir(path.dirname(file), { recursive: true });
      const content = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      const whole = content.slice(0, content.lastIndexOf('\n') + 1);
      const contents = new Contents();
      for (const record of parseRecords(file, whole)) contents.add(record);
      const handle = await fs.open(file, 'a');
      const size = Buffer.byteLength(whole);
      if (whole.length < content.length) await handle.truncate(size);
      const opened = new RunFile(file, handle, contents, size);
      if (whole === '') await opened.append(first);
      return opened;
    } catch (cause) {
      throw cause instanceof RecordError ? cause : notWritable(file, cause);
    }
  }

  /** Whether the run ended as planned. */
  get complete(): boolean {
    return this.contents.finished;
  }

  hasStep(step: number): boolean {
    return this.contents.steps.has(step);
  }

  hasSpectrum(id: string): boolean {
    return this.contents.spectra.has(id);
  }

  /** Resolves when the record is on disk. @throws RecordError UNWRITABLE; nothing of the record is in the file then. */
  async append(record: RecordLine): Promise<void> {
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    try {
      await this.handle.appendFile(line);
      await this.handle.datasync();
    } catch (cause) {
      // The next record must not continue half a line; where that fails too, opening the file again cuts it off.
      await this.handle.truncate(this.size).catch(() => undefined);
      throw notWritable(this.file, cause);
    }
    this.size += line.length;
    this.contents.add(record);
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

function notWritable(file: string, cause: unknown): RecordError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new RecordError(
    'UNWRITABLE',
    `${file} could not be written (${reason}). Once it can, run the same command again to continue.`,
    { cause },
  );
}
