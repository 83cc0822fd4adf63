/** Engines that may fail only while they compute are tried before, in a process whose native libraries print where nobody sees it. */
import { checkEngines, type EngineName } from '@ritz/estimation';
import { CliError } from './cliError.ts';

/** Engines of ONNX Runtime that load their libraries and devices when the first program is compiled. */
const triedFirst: ReadonlySet<string> = new Set<EngineName>(['onnx-webgpu', 'onnx-cuda']);
const timeLimitMs = 120_000;

/** Throws a CliError that says what an engine needs which does not work here; the signal's reason when it is aborted. */
export async function requireUsable(engine: EngineName | 'auto', signal?: AbortSignal): Promise<void> {
  if (engine === 'auto' || !triedFirst.has(engine)) return;
  const [check] = await checkEngines({ engines: [engine], timeLimit: timeLimitMs });
  signal?.throwIfAborted();
  if (!check || check.usable) return;
  const why = (check.reason ?? 'it gave no answer').replace(/\.*$/, '');
  throw new CliError(`Engine ${engine} is not usable here: ${why}. \`ritz doctor\` lists those that are.`);
}
