/** Says which engines work on this machine by running each on a Hessian-vector product whose answer is known. */
import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import type { EngineName } from './Engine.ts';
import { engineNames } from './createEngine.ts';
import { printedCause } from './check/printedCause.ts';
import type { CheckAnswer } from './check/process.ts';

export interface EngineCheck {
  readonly engine: EngineName;
  readonly usable: boolean;
  /** One line: why it is not usable and what to do about it; null when it is usable. */
  readonly reason: string | null;
  /** Median time of ten Hessian-vector products at once of 784-20-10 over 256 examples; null when it could not run. */
  readonly milliseconds: number | null;
  /** ‖H·v − known‖ / ‖known‖ against a float64 reference; null when it could not run. */
  readonly relativeError: number | null;
}

export interface EngineCheckOptions {
  /** Default: every engine. */
  readonly engines?: readonly EngineName[];
  /** Longest time one engine may take, in milliseconds. Default 30 s. */
  readonly timeLimit?: number;
}

/** Largest relative error of an engine that computes in float32. */
const tolerance = 1e-5;
const noAnswer = 'it gave no answer';
const maxReasonLength = 240;
const maxDetailLength = 80;
/** Characters of standard error that are looked through: its beginning names the cause, what follows from it comes later. */
const maxPrinted = 20_000;

/** The built file, found through the package's own exports: sources under test use it too. */
const processFile = createRequire(import.meta.url).resolve('@ritz/estimation/check-process');

/** Tries one engine after the other, each in a process of its own. Never throws for an engine that does not work. */
export async function checkEngines({ engines = engineNames, timeLimit = 30_000 }: EngineCheckOptions = {}): Promise<
  EngineCheck[]
> {
  const checks: EngineCheck[] = [];
  for (const engine of engines) checks.push(judge(engine, await ask(engine, timeLimit)));
  return checks;
}

/** What the process answered, and what a library in it printed about a failure. */
interface Outcome {
  readonly answer: CheckAnswer;
  readonly cause: string | null;
}

function ask(engine: EngineName, timeLimit: number): Promise<Outcome> {
  return new Promise((resolve) => {
    // A built file imports built packages, whatever conditions this process resolves them by.
    const child = fork(processFile, [engine], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], execArgv: [] });
    let printed = '';
    let answer: CheckAnswer | undefined;
    const timer = setTimeout(() => {
      answer ??= { failure: `${noAnswer} within ${timeLimit / 1000} s` };
      child.kill('SIGKILL');
    }, timeLimit);
    child.stderr?.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(0, maxPrinted)));
    child.on('message', (message) => (answer ??= message as CheckAnswer));
    child.once('error', (error) => (answer ??= { failure: error.message }));
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      const how = signal ? `its process was ended by ${signal}` : `its process ended with code ${code}`;
      const cause = printedCause(printed);
      const said = cause === null ? printed.trim().slice(-maxReasonLength) : '';
      resolve({ answer: answer ?? { failure: said ? `${how}: ${said}` : how }, cause });
    });
  });
}

function judge(engine: EngineName, { answer, cause }: Outcome): EngineCheck {
  if ('failure' in answer) {
    const reason = oneLine(engine, answer.failure);
    const isNew = cause !== null && !reason.includes(cause);
    const whole = isNew ? `${reason.replace(/\.$/, '')}; printed before: ${cause}` : reason;
    return { engine, usable: false, reason: whole, milliseconds: null, relativeError: null };
  }
  const { milliseconds, relativeError } = answer;
  const usable = relativeError <= tolerance;
  const reason = usable ? null : `it computes a wrong product: relative error ${relativeError.toPrecision(2)}`;
  return { engine, usable, reason, milliseconds, relativeError };
}

/** What ONNX Runtime's own messages do not say; the other engines say what to install themselves. */
const needs: Partial<Record<EngineName, string>> = {
  'onnx-webgpu': 'it needs a GPU with a Vulkan, Metal or Direct3D 12 driver',
  'onnx-cuda':
    "it needs an NVIDIA GPU, CUDA 12, cuDNN 9 and ONNX Runtime's CUDA provider " +
    '(ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node)',
};

/** Without the words that only repeat the engine's name and the places in foreign sources, on one line of readable length. */
function oneLine(engine: EngineName, failure: string): string {
  const line = failure
    .replace(new RegExp(`^Engine ${engine} (is not usable|failed): `), '')
    .replace(/\S*onnxruntime_src\S+ [^)]*\)(::<lambda\(\)>)? /, '')
    .replace(/\s+/g, ' ')
    .trim();
  // A machine that is too slow has what is needed.
  const need = failure.startsWith(noAnswer) ? undefined : needs[engine];
  const cut = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
  return need ? `${need}; ONNX Runtime says: ${cut(line, maxDetailLength)}` : cut(line, maxReasonLength);
}
