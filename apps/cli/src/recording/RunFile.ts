/** The records of one run in a file of JSON lines: written first, sent to an API when there is one (`ritz push` sends it too). */
import fs from 'node:fs/promises';
import path from 'node:path';
import { CliError } from '../terminal/cli-error.ts';

export interface RunRecord {
  readonly v: 1;
  readonly kind: 'run' | 'step' | 'spectrum' | 'finish';
  readonly [field: string]: unknown;
}

export class RunFile {
  readonly file: string;
  private readonly handle: fs.FileHandle;
  /** Steps and spectra that the file holds, and whether it holds the end. */
  private readonly steps: Set<number>;
  private readonly spectra: Set<number>;
  private ended: boolean;
  /** Bytes of whole lines. */
  private size: number;

  private constructor(file: string, handle: fs.FileHandle, records: readonly RunRecord[], size: number) {
    this.file = file;
    this.handle = handle;
    this.size = size;
    const of = (kind: RunRecord['kind'], field: string): Set<number> =>
      new Set(records.filter((record) => record.kind === kind).map((record) => Number(record[field])));
    this.steps = of('step', 'number');
    this.spectra = of('spectrum', 'step');
    this.ended = records.some(({ kind, status }) => kind === 'finish' && status === 'FINISHED');
  }

  /**
   * Opens the file, or makes it with `first` as its first record. Half a line at its end, as a killed process leaves it, is cut
   * off. Throws a CliError when the file cannot be written or another line of it is no record.
   */
  static async open(file: string, first: RunRecord): Promise<RunFile> {
    try {
      await fs.mkdir(path.dirname(file), { recursive: true });
      const content = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      const whole = content.slice(0, content.lastIndexOf('\n') + 1);
      const handle = await fs.open(file, 'a');
      const size = Buffer.byteLength(whole);
      if (whole.length < content.length) await handle.truncate(size);
      const opened = new RunFile(file, handle, recordsOf(file, whole), size);
      if (whole === '') await opened.append(first);
      return opened;
    } catch (cause) {
      throw cause instanceof CliError ? cause : notWritable(file, cause);
    }
  }

  get complete(): boolean {
    return this.ended;
  }

  hasStep(step: number): boolean {
    return this.steps.has(step);
  }

  hasSpectrum(step: number): boolean {
    return this.spectra.has(step);
  }

  /** Resolves when the record is on disk. Throws a CliError when it cannot be written; nothing of it is in the file then. */
  async append(record: RunRecord): Promise<void> {
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
    if (record.kind === 'step') this.steps.add(Number(record['number']));
    if (record.kind === 'spectrum') this.spectra.add(Number(record['step']));
    if (record.kind === 'finish') this.ended = record['status'] === 'FINISHED';
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}

function notWritable(file: string, cause: unknown): CliError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CliError(`${file} cannot be written (${reason}). Once it can, the same command goes on.`, { cause });
}

function recordsOf(file: string, content: string): RunRecord[] {
  return content
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => {
      try {
        return JSON.parse(line) as RunRecord;
      } catch (cause) {
        throw new CliError(`${file}, line ${at + 1}: not JSON. Move the file away to start the run anew.`, { cause });
      }
    });
}
