/** Sends a growing file of records to an API while it is written. An API that does not answer never disturbs the writing. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Refused } from './IngestAnswer.ts';
import { pushFile } from './pushFile.ts';
import type { Target } from './sendLines.ts';

/** Milliseconds after a failure before the next attempt. */
const pauseMs = 5_000;

export interface SenderReport {
  /** Why the last attempt failed; null when everything was sent. */
  readonly failure: string | null;
  readonly refused: readonly Refused[];
}

export class LiveSender {
  private readonly file: string;
  private readonly target: Target;
  private readonly refused: Refused[] = [];
  private failure: string | null = null;
  private wanted = false;
  private running: Promise<void> | null = null;
  private readonly closing = new AbortController();

  constructor(file: string, target: Target) {
    this.file = file;
    this.target = target;
  }

  /** Requests that the present content of the file be sent; returns at once. */
  poke(): void {
    this.wanted = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
  }

  /** Makes one last attempt and reports how it ended. */
  async close(): Promise<SenderReport> {
    this.closing.abort();
    this.wanted = true;
    await this.running;
    await this.attempt();
    return { failure: this.failure, refused: this.refused };
  }

  private async run(): Promise<void> {
    while (this.wanted && !this.closing.signal.aborted) {
      this.wanted = false;
      await this.attempt();
      if (this.failure === null) continue;
      this.wanted = true;
      await sleep(pauseMs, undefined, { signal: this.closing.signal }).catch(() => undefined); // closing ends the pause
    }
  }

  private async attempt(): Promise<void> {
    try {
      await pushFile(this.file, this.target, {
        attempts: 1,
        onRefused: (refused) => this.refused.push(refused),
      });
      this.failure = null;
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }
}
