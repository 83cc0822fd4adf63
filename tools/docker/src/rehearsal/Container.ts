/** An image started as Docker would: with only its environment, its command, its user, and a read-only root. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, chownSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Image, Variables } from './image.ts';

/** `node` of the base images. A user who is not root runs everything. */
const user = process.getuid?.() === 0 ? { uid: 1000, gid: 1000 } : {};

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Milliseconds between two health checks, and how often one may fail, as in the Dockerfiles. */
const pauseMs = 2000;
const mostLooks = 45;

export class Container {
  private readonly image: Image;
  private readonly folder: string;
  private readonly environment: Variables;
  private readonly port: number | null;
  private main: { readonly child: ChildProcess; readonly ended: Promise<Result> } | null = null;

  /**
   * @param folder stands for `/ritz`; folders of the image outside it are made beside it.
   * @param port takes the place of the image's own wherever that is written.
   */
  constructor(image: Image, folder: string, variables: Variables, port: number | null) {
    this.image = image;
    this.folder = folder;
    this.port = port;
    for (const name of image.folders) this.own(this.placeOf(name));
    const home = path.join(folder, '../home');
    this.own(home);
    const own = Object.entries(image.variables).map(([name, value]) => [
      name,
      image.folders.includes(value) ? this.placeOf(value) : this.withPort(value),
    ]);
    const searchPath = path.dirname(process.execPath) + ':/usr/bin:/bin';
    this.environment = { PATH: searchPath, HOME: home, ...(Object.fromEntries(own) as Variables), ...variables };
  }

  start(): void {
    this.main = this.run(this.image.command);
  }

  /** Another command of the image, such as `token create`, from beginning to end. */
  async execute(...args: readonly string[]): Promise<Result> {
    return this.run([...this.image.entry, ...args]).ended;
  }

  /** The image's command, which is expected to terminate. */
  async refuses(): Promise<Result> {
    return this.run(this.image.command).ended;
  }

  async isHealthy(): Promise<boolean> {
    return (await this.run(this.image.health).ended).code === 0;
  }

  /** Throws an Error with what it printed when the health check does not succeed in time. */
  async untilHealthy(): Promise<void> {
    for (let look = 0; look < mostLooks; look++) {
      if (await this.isHealthy()) return;
      const child = this.main?.child;
      if (!child || child.exitCode !== null || child.signalCode !== null) break;
      await sleep(pauseMs);
    }
    const result = await this.stop();
    throw new Error(`${this.image.name} is not healthy. It printed:\n${result?.stdout ?? ''}${result?.stderr ?? ''}`);
  }

  /** As `docker stop`. @returns `null` if nothing is running. */
  async stop(): Promise<Result | null> {
    const { main } = this;
    this.main = null;
    main?.child.kill('SIGTERM');
    return main ? main.ended : null;
  }

  private run(command: readonly string[]): { child: ChildProcess; ended: Promise<Result> } {
    const [file = '', ...args] = command.map((part) => this.withPort(part));
    const options = { cwd: this.folder, env: this.environment, ...user };
    const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()));
    const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...printed }));
    return { child, ended };
  }

  private placeOf(name: string): string {
    return name.startsWith('/') ? path.join(this.folder, '..', name) : path.join(this.folder, name);
  }

  private own(place: string): void {
    mkdirSync(place, { recursive: true });
    if (user.uid !== undefined) chownSync(place, user.uid, user.gid);
  }

  private withPort(text: string): string {
    return this.port === null ? text : text.replaceAll(String(this.image.port), String(this.port));
  }
}
