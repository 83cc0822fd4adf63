/**
 * Holds what a client has not read yet: a little in memory, the rest in a temporary file. Whoever writes goes on at its own speed while
 * the client reads at its own; only a client that is very far behind makes the writer wait.
 */
import { once } from 'node:events';
import { SpoolFile } from './SpoolFile.ts';

export interface SpoolLimits {
  /** Bytes kept in memory. */
  readonly memory: number;
  /** Bytes that may wait in the file of one client … */
  readonly file: number;
  /** … and in those of all clients of this process together. */
  readonly total: number;
}

const spoolLimits: SpoolLimits = { memory: 2 ** 20, file: 512 * 2 ** 20, total: 4 * 2 ** 30 };

let inFiles = 0;

export class Spool {
  readonly #limits: SpoolLimits;
  /** Older than what is in the file, which is begun when this is full and used up before this is filled again. */
  readonly #memory: Buffer[] = [];
  #memoryBytes = 0;
  readonly #file = new SpoolFile();
  #ended = false;
  #failure: Error | null = null;
  readonly #news = new EventTarget();

  constructor(limits: SpoolLimits = spoolLimits) {
    this.#limits = limits;
  }

  /** One write at a time. Resolves when it is kept; waits while there is no room. Throws what `fail` was given. */
  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    const { memory, file, total } = this.#limits;
    for (;;) {
      if (this.#failure !== null) throw this.#failure;
      const empty = this.#file.waiting === 0;
      if (empty && (this.#memoryBytes === 0 || this.#memoryBytes + bytes.length <= memory)) {
        this.#memory.push(bytes);
        this.#memoryBytes += bytes.length;
        break;
      }
      if (this.#file.waiting + bytes.length <= file && inFiles + bytes.length <= total) {
        inFiles += bytes.length;
        await this.#file.append(bytes);
        break;
      }
      await this.#change();
    }
    this.#changed();
  }

  /** Nothing more will be written. */
  end(): void {
    this.#ended = true;
    this.#changed();
  }

  /** Ends reading and writing with `error`. */
  fail(error: Error): void {
    this.#failure ??= error;
    this.#changed();
  }

  /** What was written, in order. Whoever stops reading makes further writes throw; the file is removed. */
  async *read(): AsyncGenerator<Buffer, void> {
    try {
      for (;;) {
        const next = await this.#next();
        if (next !== null) {
          this.#changed();
          yield next;
        } else if (this.#failure !== null) throw this.#failure;
        else if (this.#ended) return;
        else await this.#change();
      }
    } finally {
      this.fail(new Error('The client stopped reading.'));
      inFiles -= this.#file.waiting;
      await this.#file.remove();
    }
  }

  async #next(): Promise<Buffer | null> {
    const held = this.#memory.shift();
    if (held !== undefined) {
      this.#memoryBytes -= held.length;
      return held;
    }
    const bytes = await this.#file.take();
    inFiles -= bytes?.length ?? 0;
    return bytes;
  }

  #changed(): void {
    this.#news.dispatchEvent(new Event('change'));
  }

  async #change(): Promise<void> {
    await once(this.#news, 'change');
  }
}
