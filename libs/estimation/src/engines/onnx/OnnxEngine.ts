/** ONNX Runtime in a worker thread (CPU, WebGPU or CUDA provider). */
import { createRequire } from 'node:module';
import os from 'node:os';
import { type Precision, WorkerLink } from '@ritz/lanczos';
import { isResidual } from '../../autodiff/partialEval.ts';
import { EstimationError } from '../../error/EstimationError.ts';
import type { Graph, Node } from '../../graph/Node.ts';
import type { Engine, EngineName, Program, Tensors } from '../Engine.ts';
import { checkFeeds, inputsOf } from '../feeds.ts';
import type { FlatRun } from '../FlatPass.ts';
import { OnnxEmitter } from './OnnxEmitter.ts';
import { channelBlockOf, channelBlockTest } from './channelBlock.ts';
import type { Answer, Request, WorkerSettings } from './protocol.ts';

/** The built worker file, found through the package's own exports: sources under test use it too. */
const workerFile = createRequire(import.meta.url).resolve('@ritz/estimation/onnx-worker');

type EngineLink = WorkerLink<Request, Answer>;

/** The machine's, once it is known. */
let knownChannelBlock: number | null | undefined;

function failed(name: EngineName, why: string): EstimationError {
  const advice = /alloc|out of memory|out_of_memory/i.test(why)
    ? ' It is out of memory: give it fewer examples (microBatch) or vectors (vectorsPerPass) at once, or a smaller memory budget.'
    : '';
  return new EstimationError('ENGINE_FAILED', `Engine ${name} failed: ${why.replace(/\.*\s*$/, '')}.${advice}`);
}

function programOf(answer: Answer): number {
  if (answer && 'program' in answer) return answer.program;
  throw new EstimationError('ENGINE_FAILED', 'The engine did not answer with a program.');
}

class OnnxProgram implements Program {
  readonly number: number;
  private readonly link: EngineLink;
  private readonly inputs: ReadonlyMap<string, Node>;
  private readonly precision: Precision;
  private readonly bound = new Set<string>();

  constructor(link: EngineLink, number: number, inputs: ReadonlyMap<string, Node>, precision: Precision) {
    this.link = link;
    this.number = number;
    this.inputs = inputs;
    this.precision = precision;
  }

  async run(feeds: Tensors): Promise<Tensors> {
    this.check(feeds);
    const answer = await this.link.ask({ kind: 'run', program: this.number, feeds });
    return answer && 'outputs' in answer ? answer.outputs : {};
  }

  async runFlat(run: FlatRun): Promise<void> {
    await this.link.ask({ kind: 'runFlat', program: this.number, run });
  }

  async bind(feeds: Tensors): Promise<void> {
    const held = Object.fromEntries(Object.entries(feeds).filter(([name]) => this.inputs.has(name)));
    checkFeeds(new Map([...this.inputs].filter(([name]) => name in held)), held, this.precision);
    await this.link.ask({ kind: 'bind', program: this.number, feeds: held });
    for (const name of Object.keys(held)) this.bound.add(name);
  }

  async computeResiduals(target: Program, feeds: Tensors): Promise<void> {
    if (!(target instanceof OnnxProgram) || target.link !== this.link) {
      throw new EstimationError('BAD_OPTION', 'computeResiduals: target must be a program of the same engine.');
    }
    this.check(feeds);
    await this.link.ask({ kind: 'run', program: this.number, feeds, into: target.number });
    for (const name of target.inputs.keys()) if (isResidual(name)) target.bound.add(name);
  }

  async share(): Promise<Program> {
    const answer = await this.link.ask({ kind: 'share', program: this.number });
    return new OnnxProgram(this.link, programOf(answer), this.inputs, this.precision);
  }

  async release(): Promise<void> {
    await this.link.ask({ kind: 'release', program: this.number });
  }

  private check(feeds: Tensors): void {
    checkFeeds(
      new Map([...this.inputs].filter(([name]) => !this.bound.has(name) || name in feeds)),
      feeds,
      this.precision,
    );
  }
}

class OnnxEngine implements Engine {
  readonly name: EngineName;
  readonly precision: Precision;
  readonly lanes: number;
  readonly ownsResiduals: boolean;
  private readonly settings: WorkerSettings;
  private readonly link: EngineLink;
  /** By their number. */
  private readonly parts = new Map<number, readonly OnnxEngine[]>();

  constructor(name: EngineName, settings: WorkerSettings) {
    this.name = name;
    this.precision = settings.precision;
    this.settings = settings;
    this.ownsResiduals = settings.provider === 'webgpu';
    this.lanes = settings.provider === 'cpu' ? settings.threads : 1;
    this.link = new WorkerLink(workerFile, settings, ({ message }) => failed(name, message));
  }

  split(lanes: number): readonly Engine[] {
    const count = Math.min(lanes, this.lanes);
    if (count <= 1) return [this];
    const known = this.parts.get(count);
    if (known) return known;
    const threads = Math.floor(this.settings.threads / count);
    const made = Array.from({ length: count }, () => new OnnxEngine(this.name, { ...this.settings, threads }));
    this.parts.set(count, made);
    return made;
  }

  async compile(graph: Graph, constants: Tensors = {}): Promise<Program> {
    const inputs = inputsOf(graph);
    const used = Object.fromEntries(Object.entries(constants).filter(([name]) => inputs.has(name)));
    checkFeeds(new Map([...inputs].filter(([name]) => name in used)), used, this.precision);
    const channelBlock = await this.channelBlock();
    const model = OnnxEmitter.model(graph, { ...this.settings, channelBlock }, used);
    const program = programOf(
      await this.link.ask({ kind: 'compile', model, residuals: Object.keys(graph.outputs).filter(isResidual) }),
    );
    const fed = new Map([...inputs].filter(([name]) => !(name in used)));
    return new OnnxProgram(this.link, program, fed, this.precision);
  }

  /** Only x64 is known to have the kernels whatever its instruction set; they are of the CPU and float32. */
  private async channelBlock(): Promise<number | null> {
    if (this.settings.provider !== 'cpu' || this.precision !== 'float32' || process.arch !== 'x64') return null;
    if (knownChannelBlock !== undefined) return knownChannelBlock;
    const { model, feeds } = channelBlockTest();
    const answer = await this.link.ask({ kind: 'try', model, feeds });
    return (knownChannelBlock = channelBlockOf(answer && 'outputs' in answer ? answer.outputs : {}));
  }

  async close(): Promise<void> {
    for (const part of [...this.parts.values()].flat()) await part.close();
    await this.link.close(new EstimationError('ENGINE_FAILED', `Engine ${this.name} was closed.`));
  }
}

/** Starts a worker thread; nothing is known about the provider until something is compiled. */
export function createOnnxEngine(
  provider: WorkerSettings['provider'],
  {
    precision,
    threads = os.availableParallelism(),
    profile,
  }: { readonly precision: Precision; readonly threads?: number; readonly profile?: string },
): Engine {
  if (!Number.isInteger(threads) || threads < 1) {
    throw new EstimationError('BAD_OPTION', `threads: expected an integer of at least 1, got ${threads}.`);
  }
  if (provider !== 'cpu' && precision === 'float64') {
    throw new EstimationError('UNSUPPORTED', `onnx-${provider} computes in float32 only; float64 needs onnx-cpu.`);
  }
  const settings = { provider, precision, threads, ...(profile !== undefined && { profile }) };
  return new OnnxEngine(`onnx-${provider}`, settings);
}
