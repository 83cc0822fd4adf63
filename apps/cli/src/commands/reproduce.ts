/** `ritz reproduce`: runs what the paper's claims need, stores it, and reports what the numbers say of each claim. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { claims, type ClaimId, type ClaimRun } from '@ritz/spectra';
import pc from 'picocolors';
import { claimRun } from '../reproduce/claim-run.ts';
import { planRuns, type PlannedRun, type Scale } from '../reproduce/plan.ts';
import { reported, measurementText, reportHtml, type Report } from '../reproduce/report.ts';
import { interruptible } from '../terminal/interruptible.ts';
import { trainRun } from '../training/train-run.ts';

export interface ReproduceOptions {
  readonly scale: Scale;
  /** Folder of the report. */
  readonly output?: string;
  readonly url: string;
  readonly token?: string;
  readonly send: boolean;
}

const colours = { supports: pc.green, contradicts: pc.red, 'cannot tell': pc.yellow };

/** Throws an InterruptedError when it is stopped; the same command goes on. */
export async function reproduce(wanted: readonly ClaimId[], options: ReproduceOptions): Promise<void> {
  const ids = wanted.length > 0 ? wanted : claims.map(({ id }) => id);
  const dataDirectory = path.resolve(process.env['RITZ_DATA'] ?? '.ritz');
  const output = path.resolve(options.output ?? path.join(dataDirectory, 'reports', options.scale));
  const plan = planRuns(options.scale, ids);
  console.log(`${plan.length} runs at ${options.scale} scale for ${ids.join(', ')}; what is there already is used.`);
  const started = performance.now();
  const message = 'Interrupted. What was measured is stored: the same command goes on from there.';
  const runs = await interruptible(message, (signal) => runAll(plan, dataDirectory, options, signal));
  const report: Report = {
    scale: options.scale,
    command: ['ritz reproduce', ...wanted, `--scale ${options.scale}`].join(' '),
    engine: plan[0]?.config.engine === 'auto' ? 'onnx-cpu' : (plan[0]?.config.engine ?? 'onnx-cpu'),
    seconds: (performance.now() - started) / 1000,
    runs: runs.map(({ id, run }) => ({
      id,
      name: run.name,
      spectra: run.spectra.length,
      finalLoss: run.losses.at(-1)?.trainLoss ?? Number.NaN,
    })),
    claims: claims
      .filter(({ id }) => ids.includes(id))
      .map((claim) => reported(claim, claim.evaluate(takingPart(claim.id, plan, runs)))),
  };
  await fs.mkdir(output, { recursive: true });
  await fs.writeFile(path.join(output, 'report.json'), `${JSON.stringify(report, null, 1)}\n`);
  await fs.writeFile(path.join(output, 'report.html'), reportHtml(report));
  for (const { id, statement, verdict, measurements } of report.claims) {
    console.log(`\n${pc.bold(id)} ${statement}\n   ${colours[verdict](verdict)}`);
    for (const one of measurements) console.log(`   ${one.label}: ${measurementText(one)}`);
  }
  console.log(`\nReport: ${path.relative('.', path.join(output, 'report.html'))}`);
}

interface Reproduced {
  readonly id: string;
  readonly run: ClaimRun;
}

async function runAll(
  plan: readonly PlannedRun[],
  dataDirectory: string,
  { url, token, send }: ReproduceOptions,
  signal: AbortSignal,
): Promise<Reproduced[]> {
  const target = send ? { url: url.replace(/\/+$/, ''), token } : null;
  const done: Reproduced[] = [];
  const notSent: string[] = [];
  for (const [position, planned] of plan.entries()) {
    process.stderr.write(pc.dim(`Run ${position + 1} of ${plan.length}: ${planned.config.name}\n`));
    const { id, file, notSent: reason } = await trainRun(planned.config, { dataDirectory, target, signal });
    if (reason !== null) notSent.push(path.relative('.', file));
    done.push({ id, run: await claimRun(planned, file, 10) });
  }
  if (notSent.length > 0) {
    console.log(`${notSent.length} runs did not reach ${url} whole. Send them later: ritz push <file>, for`);
    for (const file of notSent) console.log(`  ${file}`);
  }
  return done;
}

function takingPart(id: ClaimId, plan: readonly PlannedRun[], runs: readonly Reproduced[]): ClaimRun[] {
  return runs.filter((_, position) => plan[position]?.claims.includes(id)).map(({ run }) => run);
}
