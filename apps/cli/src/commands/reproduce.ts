/** `ritz reproduce`: trains the runs that the paper's claims need, stores them, and reports the verdict on each claim. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { readRecords } from '@ritz/records';
import {
  estimatePlan,
  measurementText,
  planRuns,
  reported,
  reportPage,
  rulesTag,
  runPlan,
  settingsText,
  type PlannedRun,
  type Report,
  type ReproducedRun,
  type Scale,
} from '@ritz/reproduction';
import { claims, evaluateClaims, type ClaimId } from '@ritz/spectra';
import { runIdOf, withLock, type Config } from '@ritz/training';
import pc from 'picocolors';
import { CliError } from '../terminal/cliError.ts';
import { countOf } from '../terminal/count.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { durationText } from '../terminal/progress.ts';
import { trainRun } from '../training/trainRun.ts';

export interface ReproduceOptions {
  readonly scale: Scale;
  /** Replicates per setting. Default: by scale. */
  readonly seeds?: number;
  /** Folder of the report. */
  readonly output?: string;
  readonly url: string;
  readonly token?: string;
  readonly send: boolean;
}

const colours = { supports: pc.green, contradicts: pc.red, 'no effect': pc.blue, 'cannot tell': pc.yellow };

/** Throws an InterruptedError when it is stopped; the same command resumes. A TrainingError (IN_USE) when another process runs it. */
export async function reproduce(wanted: readonly ClaimId[], options: ReproduceOptions): Promise<void> {
  const dataDirectory = path.resolve(process.env['RITZ_DATA'] ?? '.ritz');
  const lock = { subject: `The reproduction at ${options.scale} scale`, by: 'ritz reproduce' };
  const directory = path.join(dataDirectory, 'reports', `${options.scale}.lock`);
  await withLock(directory, lock, () => reproduceAlone(wanted, options, dataDirectory));
}

async function reproduceAlone(
  wanted: readonly ClaimId[],
  options: ReproduceOptions,
  dataDirectory: string,
): Promise<void> {
  const ids = wanted.length > 0 ? wanted : claims.map(({ id }) => id);
  const output = path.resolve(options.output ?? path.join(dataDirectory, 'reports', options.scale));
  const { scale, seeds } = options;
  const plan = planRuns(scale, ids, seeds);
  console.log(`${plan.length} runs at ${scale} scale for ${ids.join(', ')}; stored runs are reused.`);
  const message = 'Interrupted. Everything measured so far is stored: run the same command to resume.';
  const target = options.send ? { url: options.url.replace(/\/+$/, ''), token: options.token } : null;
  await writable(output, () => fs.mkdir(output, { recursive: true }));
  const runs = await interruptible(message, async (signal) => {
    if (scale === 'paper') await sayHowLong(plan, dataDirectory, signal);
    const options = { by: 'ritz reproduce', dataDirectory, target, signal };
    return runPlan(plan, {
      train: (config) => trainRun(config, options),
      onRun: ({ planned, number, total, secondsLeft }) => {
        const left = secondsLeft === null ? '' : ` (all: about ${durationText(secondsLeft)} left)`;
        process.stderr.write(pc.dim(`Run ${number} of ${total}: ${planned.config.name}${left}\n`));
      },
      onDivergence: ({ config }, divergence) => process.stderr.write(`${config.name}: ${divergence}\n`),
    });
  });
  sayWhatWasNotSent(runs, options.url);
  const report: Report = {
    scale,
    command: ['ritz reproduce', ...wanted, `--scale ${scale}`, ...(seeds ? [`--seeds ${seeds}`] : [])].join(' '),
    engine: [...new Set(runs.map(({ engine }) => engine))].join(', '),
    settings: settingsText(plan),
    drops: [...new Set(runs.flatMap(({ run }) => run.drops))],
    spectrumSeconds: runs.reduce((sum, { spectrumSeconds }) => sum + spectrumSeconds, 0),
    runs: runs.map(({ id, planned, parameterCount, run, diverged, rules }) => ({
      id,
      name: planned.config.name,
      setting: planned.setting,
      parameters: parameterCount,
      spectra: run.spectra.length,
      finalLoss: run.losses.at(-1)?.trainLoss ?? Number.NaN,
      leftOut: diverged,
      rules,
    })),
    rules: rulesTag(),
    claims: evaluateClaims(
      runs.map(({ run, diverged }) => ({ ...run, diverged: diverged !== null })),
      claims.filter(({ id }) => ids.includes(id)),
    ).map(({ claim, result }) => reported(claim, result)),
  };
  await writable(output, async () => {
    await fs.writeFile(path.join(output, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
    await fs.writeFile(path.join(output, 'report.html'), reportPage(report));
  });
  for (const { id, statement, verdict, measurements } of report.claims) {
    console.log(`\n${pc.bold(id)} ${statement}\n   ${colours[verdict](verdict)}`);
    for (const one of measurements) console.log(`   ${one.label}: ${measurementText(one)}`);
  }
  console.log(`\nReport: ${path.relative('.', path.join(output, 'report.html'))}`);
}

/** Estimates the total time first, as the plan may take days. */
async function sayHowLong(plan: readonly PlannedRun[], dataDirectory: string, signal: AbortSignal): Promise<void> {
  console.log('Measuring a few steps of each network to estimate the total time …');
  const estimate = await estimatePlan(plan, {
    dataDirectory,
    signal,
    isFinished: (config) => isFinished(config, dataDirectory),
    onFamily: ({ family, secondsPerStep, secondsPerSpectrum }) =>
      console.log(
        `${family}: ${secondsPerStep.toPrecision(2)} s a step, ${durationText(secondsPerSpectrum)} a spectrum`,
      ),
  });
  if (!estimate) return;
  const { runs, seconds, engine } = estimate;
  console.log(`About ${durationText(seconds)} for ${countOf(runs, 'run')} by ${engine} on this machine.`);
  console.log('Ctrl-C stops it at any time; the same command resumes.');
}

async function isFinished(config: Config, dataDirectory: string): Promise<boolean> {
  const file = path.join(dataDirectory, 'runs', `${runIdOf(config)}.jsonl`);
  return (await readRecords(file)).some((record) => record.kind === 'finish' && record.status === 'finished');
}

/** Throws a CliError that names the folder of the report when it cannot be written. */
async function writable(output: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError(`--output: ${output} cannot be written: ${reason}.`, { cause });
  }
}

function sayWhatWasNotSent(runs: readonly ReproducedRun[], url: string): void {
  const files = runs.flatMap(({ file, notSent }) => (notSent === null ? [] : [path.relative('.', file)]));
  if (files.length === 0) return;
  console.log(
    `${countOf(files.length, 'run')} could not be sent completely to ${url}. Send them later with ritz push <file>:`,
  );
  for (const file of files) console.log(`  ${file}`);
}
