/** `ritz reproduce`: runs what the paper's claims need, stores it, and reports what the numbers say of each claim. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { claims, type ClaimId, type ClaimRun } from '@ritz/spectra';
import { withLock } from '@ritz/training';
import pc from 'picocolors';
import { planRuns, type PlannedRun, type Scale } from '../reproduce/plan.ts';
import { reportPage } from '../reproduce/report-page.ts';
import { measurementText, reported, type Report } from '../reproduce/report.ts';
import { runPlan, type ReproducedRun } from '../reproduce/run-plan.ts';
import { settingsText } from '../reproduce/settings-text.ts';
import { timeEstimate } from '../reproduce/time-estimate.ts';
import { CliError } from '../terminal/cli-error.ts';
import { interruptible } from '../terminal/interruptible.ts';

export interface ReproduceOptions {
  readonly scale: Scale;
  /** Runs of each setting; those of the scale unless said. */
  readonly seeds?: number;
  /** Folder of the report. */
  readonly output?: string;
  readonly url: string;
  readonly token?: string;
  readonly send: boolean;
}

const colours = { supports: pc.green, contradicts: pc.red, 'cannot tell': pc.yellow };

/** Throws an InterruptedError when it is stopped; the same command goes on. A TrainingError (IN_USE) where another process is at it. */
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
  console.log(`${plan.length} runs at ${scale} scale for ${ids.join(', ')}; what is there already is used.`);
  const message = 'Interrupted. What was measured is stored: the same command goes on from there.';
  const target = options.send ? { url: options.url.replace(/\/+$/, ''), token: options.token } : null;
  await writable(output, () => fs.mkdir(output, { recursive: true }));
  const runs = await interruptible(message, async (signal) => {
    if (scale === 'paper') await sayHowLong(plan, dataDirectory, signal);
    return runPlan(plan, { by: 'ritz reproduce', dataDirectory, target, signal });
  });
  sayWhatWasNotSent(runs, options.url);
  const report: Report = {
    scale,
    command: ['ritz reproduce', ...wanted, `--scale ${scale}`, ...(seeds ? [`--seeds ${seeds}`] : [])].join(' '),
    engine: [...new Set(runs.map(({ engine }) => engine))].join(', '),
    settings: settingsText(plan),
    drops: [...new Set(runs.flatMap(({ run }) => run.drops))],
    spectrumSeconds: runs.reduce((sum, { spectrumSeconds }) => sum + spectrumSeconds, 0),
    runs: runs.map(({ id, planned, parameterCount, run, diverged }) => ({
      id,
      name: planned.config.name,
      setting: planned.setting,
      parameters: parameterCount,
      spectra: run.spectra.length,
      finalLoss: run.losses.at(-1)?.trainLoss ?? Number.NaN,
      leftOut: diverged,
    })),
    claims: claims
      .filter(({ id }) => ids.includes(id))
      .map((claim) => reported(claim, claim.evaluate(takingPart(claim.id, runs)))),
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

/** What takes days is worth a minute's measurement before it. */
async function sayHowLong(plan: readonly PlannedRun[], dataDirectory: string, signal: AbortSignal): Promise<void> {
  console.log('Measuring a few steps of each net, to say how long all of it takes …');
  for await (const line of timeEstimate(plan, { dataDirectory, signal })) console.log(line);
  console.log('Ctrl-C stops it at any time; the same command goes on.');
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
  console.log(`${files.length} runs did not reach ${url} whole. Send them later: ritz push <file>, for`);
  for (const file of files) console.log(`  ${file}`);
}

/** A run that diverged has no late spectra to compare. */
function takingPart(id: ClaimId, runs: readonly ReproducedRun[]): ClaimRun[] {
  return runs.filter(({ planned, diverged }) => diverged === null && planned.claims.includes(id)).map(({ run }) => run);
}
