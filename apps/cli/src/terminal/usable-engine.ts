/** Engines that may fail only while they compute are tried before, in a process whose native libraries print where nobody sees it. */
import { probeEngines, type EngineName } from '@ritz/estimation';
import { CliError } from './cli-error.ts';

/** Those of ONNX Runtime whose libraries and devices are looked for when the first program is compiled. */
const triedFirst: ReadonlySet<string> = new Set<EngineName>(['onnx-webgpu', 'onnx-cuda']);
const longestTry = 120_000;

/** Throws a CliError that says what an engine needs which does not work here; the signal's reason when it is aborted. */
export async function requireUsable(engine: EngineName | 'auto', signal?: AbortSignal): Promise<void> {
  if (engine === 'auto' || !triedFirst.has(engine)) return;
  const [probe] = await probeEngines({ engines: [engine], timeLimit: longestTry });
  signal?.throwIfAborted();
  if (!probe || probe.usable) return;
  const why = (probe.reason ?? 'it gave no answer').replace(/\.*$/, '');
  throw new CliError(`Engine ${engine} is not usable here: ${why}. \`ritz doctor\` lists those that are.`);
}
