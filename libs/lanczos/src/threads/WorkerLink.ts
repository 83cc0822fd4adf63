/** A worker thread that answers requests one by one, and whose failures become errors of the caller. */
import { Worker } from 'node:worker_threads';
import type { AnswerMessage, Failure, ReadyMessage, RequestMessage } from './protocol.ts';

interface Pending<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

type Message<Answer> = AnswerMessage<Answer> | ReadyMessage;

export class WorkerLink<Request, Answer> {
  private readonly worker: Worker;
  private readonly failed: (failure: Failure) => Error;
  private readonly pending = new Map<number, Pending<Answer>>();
  /** Resolves when the thread has loaded what it needs, or has ended. */
  private readonly started: Promise<void>;
  private nextId = 0;
  private ended: Error | null = null;
  private closing: Promise<void> | undefined;

  /** Starts the thread. It keeps the process alive only while a request is pending. */
  constructor(file: string, workerData: unknown, failed: (failure: Failure) => Error) {
    this.failed = failed;
    // A built file imports built packages, whatever conditions this process resolves them by.
    this.worker = new Worker(file, { workerData, execArgv: [] });
    this.worker.unref();
    this.worker.on('message', (message: Message<Answer>) => {
      if (!('ready' in message)) this.settle(message);
    });
    this.started = new Promise((resolve) => {
      this.worker.once('message', () => resolve());
      this.worker.once('exit', () => resolve());
    });
    this.worker.on('error', ({ message }) => this.end(failed({ message })));
    this.worker.on('exit', (code) => this.end(failed({ message: `its thread ended with code ${code}` })));
  }

  /** Rejects with what `failed` makes of a failure, also when the thread ends before it answers. */
  ask(request: Request): Promise<Answer> {
    if (this.ended) return Promise.reject(this.ended);
    const message: RequestMessage<Request> = { id: this.nextId++, request };
    return new Promise((resolve, reject) => {
      this.pending.set(message.id, { resolve, reject });
      this.worker.ref();
      this.worker.postMessage(message);
    });
  }

  /**
   * Ends the thread; pending and later requests are rejected with this at once. The thread itself ends when it has started and has
   * answered them: one that is stopped inside native code, which loading is too, takes the whole process with it.
   */
  close(reason: Error): Promise<void> {
    return (this.closing ??= this.finish(reason));
  }

  private async finish(reason: Error): Promise<void> {
    const answers = this.answered(this.pending.size);
    this.end(reason);
    this.worker.ref();
    await Promise.all([this.started, answers]);
    await this.worker.terminate();
  }

  /** Resolves after that many answers, or when the thread has ended. */
  private answered(count: number): Promise<void> {
    return new Promise((resolve) => {
      let left = count;
      if (left === 0) resolve();
      this.worker.on('message', (message: Message<Answer>) => {
        if (!('ready' in message) && --left === 0) resolve();
      });
      this.worker.once('exit', () => resolve());
    });
  }

  private settle(message: AnswerMessage<Answer>): void {
    const pending = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (this.pending.size === 0) this.worker.unref();
    if ('failure' in message) pending?.reject(this.failed(message.failure));
    else pending?.resolve(message.answer);
  }

  private end(error: Error): void {
    this.ended ??= error;
    for (const { reject } of this.pending.values()) reject(this.ended);
    this.pending.clear();
  }
}
