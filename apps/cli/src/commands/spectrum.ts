/** `ritz spectrum`: the spectrum of a trained network, from an ONNX file and two .npy files. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { blockTracesCsv, type BlockTraces } from '@ritz/records';
import { summarise } from '@ritz/spectra';
import pc from 'picocolors';
import { describedText, describeModel } from '../spectrum/describe.ts';
import { loadProblem } from '../spectrum/loadProblem.ts';
import type { LoadedProblem } from '../spectrum/loadedProblem.ts';
import { measure, type Measured } from '../spectrum/measure.ts';
import { requireParameterCount } from '../spectrum/network.ts';
import { flagNames, type SpectrumOptions } from '../spectrum/options.ts';
import { reportOf } from '../spectrum/report.ts';
import { summaryOf } from '../spectrum/summary.ts';
import { CliError } from '../terminal/cliError.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { withOptionNames } from '../terminal/optionNames.ts';

/** Throws an InterruptedError on Ctrl-C or SIGTERM; a second Ctrl-C ends the process at once. */
export async function spectrum(options: SpectrumOptions): Promise<void> {
  await interruptible('Interrupted. Nothing was written.', (signal) =>
    withOptionNames(flagNames, () => run(options, signal)),
  );
}

async function run(options: SpectrumOptions, signal: AbortSignal): Promise<void> {
  if (options.json !== undefined) await requireWritable('--json', options.json);
  if (options.traces !== undefined) {
    if (!options.blocks) throw new CliError('--traces: expected --blocks beside it, got none. Add --blocks layers.');
    await requireWritable('--traces', options.traces);
  }
  if (options.describe) return describe(options);
  const problem = await loadProblem(options);
  // Fails before the measurement rather than after it.
  const push = options.push ? await pushing(options) : null;
  if (problem.trained.finalActivationRemoved) {
    process.stderr.write(pc.dim('The last activation of the model belongs to the loss and is left off.\n'));
  }
  const measured = await measure(problem, options, signal);
  signal.throwIfAborted();
  const report = reportOf(problem, options, measured);
  console.log(summaryOf(report, process.stdout.columns));
  if (options.json !== undefined) {
    await fs.writeFile(options.json, `${JSON.stringify(report)}\n`);
    console.log(`Written to ${options.json}.`);
  }
  if (options.traces !== undefined) {
    await fs.writeFile(options.traces, blockTracesCsv(measured.blocks.map(tracesOf)));
    console.log(`Written to ${options.traces}.`);
  }
  if (push) console.log(await push(problem, measured));
}

/** Loads the client, where it is needed only. */
async function pushing(
  options: SpectrumOptions,
): Promise<(problem: LoadedProblem, measured: Measured) => Promise<string>> {
  const { connect, pushSpectrum } = await import('../spectrum/push.ts');
  const api = await connect(options);
  return (problem, measured) => pushSpectrum(api, problem, options, measured);
}

function tracesOf(record: Measured['record']): BlockTraces {
  return { ...record, summary: summarise({ dimension: record.parameterCount, probes: record.probes }, null) };
}

async function describe(options: SpectrumOptions): Promise<void> {
  const { trained, description } = await describeModel(options);
  console.log(describedText(description, process.stdout.columns));
  if (options.json !== undefined) await fs.writeFile(options.json, `${JSON.stringify(description)}\n`);
  requireParameterCount(trained, options.expectParameters);
}

const unwritable: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EACCES: 'permission denied',
  EROFS: 'the disk is read-only',
};

/** Fails before the measurement rather than after it. */
async function requireWritable(flag: string, file: string): Promise<void> {
  if (file === '') throw new CliError(`${flag}: expected a file name, got "".`);
  const folder = path.dirname(path.resolve(file));
  try {
    if (!(await fs.stat(folder)).isDirectory()) throw new Error(`${folder} is a file, not a folder`);
    const existing = await fs.stat(file).catch(() => null);
    if (existing?.isDirectory()) throw new Error('it is a directory');
    await fs.access(existing ? file : folder, fs.constants.W_OK);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : null;
    const why = unwritable[code ?? ''] ?? code ?? (cause as Error).message;
    throw new CliError(`${flag} ${file} cannot be written: ${why}.`, { cause });
  }
}
