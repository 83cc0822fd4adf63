/** A child process that runs `client.mjs`, and the conversation with it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

export interface ClientOptions {
  readonly uid?: number;
  readonly gid?: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Its own process group, to which a signal can be sent. */
  readonly detached?: boolean;
}

type Answer = Readonly<Record<string, unknown>>;

const script = path.join(import.meta.dirname, 'client.mjs');

export class ClientProcess {
  readonly child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #errors: string[] = [];

  constructor(dataDirectory: string, options: ClientOptions = {}) {
    this.child = spawn(process.execPath, [script, dataDirectory], { ...options, cwd: path.dirname(script) });
    const { stdout, stderr } = this.child;
    if (stdout === null || stderr === null) throw new Error('The process has no output.');
    stderr.on('data', (chunk: Buffer) => this.#errors.push(chunk.toString()));
    this.#lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  /** The next line it says. */
  async hears(): Promise<Answer> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`The process said no more. ${this.#errors.join('')}`);
    const answer: unknown = JSON.parse(line.value);
    return Object(answer) as Answer;
  }

  async ask(command: string): Promise<Answer> {
    this.child.stdin?.write(`${command}\n`);
    return this.hears();
  }

  /** The address of its server, once it uses one. */
  async url(): Promise<string> {
    const answer = await this.hears();
    if (typeof answer['url'] === 'string') return answer['url'];
    throw new Error(`The process has no database: ${JSON.stringify(answer)}`);
  }

  /** Kills it as the kernel does when memory is short. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}
