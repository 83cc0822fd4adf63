/** `ritz doctor`: tries each part on this machine and says how to fix what does not work. */
import os from 'node:os';
import path from 'node:path';
import { openDatabase, resolveDatabase } from '@ritz/database';
import { engineNames, checkEngines, type EngineCheck } from '@ritz/estimation';
import pc from 'picocolors';
import { CliError } from '../terminal/cliError.ts';
import { formatNumber } from '../terminal/table.ts';
import { wrap } from '../terminal/wrap.ts';

/** Columns of the longest subject and a blank. */
const subjectWidth = 14;

interface Finding {
  readonly subject: string;
  readonly usable: boolean;
  readonly detail: string;
}

function print({ subject, usable, detail }: Finding, essential: boolean): void {
  const mark = usable ? pc.green('✓') : essential ? pc.red('✗') : pc.dim('–');
  const text = wrap(detail, { indent: subjectWidth + 3, width: process.stdout.columns });
  console.log(`${mark} ${subject.padEnd(subjectWidth)} ${usable ? text : pc.dim(text)}`);
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const usable = (major === 20 && minor >= 19) || major === 21 || major === 22;
  const machine = `${os.cpus().length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB`;
  const detail = usable ? `${process.version} (${machine})` : `${process.version}: Ritz needs Node >= 20.19 and < 23`;
  return { subject: 'Node', usable, detail };
}

async function checkDatabase(): Promise<Finding> {
  const embedded = !process.env['DATABASE_URL'];
  const where = embedded ? `embedded, data in ${path.resolve(process.env['RITZ_DATA'] ?? '.ritz')}` : 'DATABASE_URL';
  try {
    const server = await resolveDatabase(process.env);
    try {
      const database = await openDatabase(server.url);
      try {
        const answer = await database.pool.query<{ server_version: string }>('show server_version');
        return { subject: 'PostgreSQL', usable: true, detail: `${answer.rows[0]?.server_version} (${where})` };
      } finally {
        await database.close();
      }
    } finally {
      await server.stop();
    }
  } catch (error) {
    return { subject: 'PostgreSQL', usable: false, detail: error instanceof Error ? error.message : String(error) };
  }
}

function describeEngine({ engine, usable, reason, milliseconds, relativeError }: EngineCheck): Finding {
  const detail = usable ? `${formatNumber(milliseconds)} ms, relative error ${formatNumber(relativeError)}` : reason;
  return { subject: engine, usable, detail: detail ?? 'not usable' };
}

function fastest(checks: readonly EngineCheck[]): EngineCheck | undefined {
  const usable = checks.filter((check) => check.usable && check.milliseconds !== null);
  return usable.sort((a, b) => (a.milliseconds ?? Infinity) - (b.milliseconds ?? Infinity))[0];
}

async function reportEngines(): Promise<EngineCheck | undefined> {
  console.log(
    pc.dim(
      '\nEngines: a Hessian-vector product compared with its float64 reference;\n' +
        'times are for ten products at once (784-20-10, 256 images)',
    ),
  );
  const checks: EngineCheck[] = [];
  for (const name of engineNames) {
    for (const check of await checkEngines({ engines: [name] })) {
      print(describeEngine(check), false);
      checks.push(check);
    }
  }
  return fastest(checks);
}

/** Prints one line per part; throws a CliError (exit code 1) when an essential part does not work. */
export async function doctor(): Promise<void> {
  const essential = [checkNode(), await checkDatabase()];
  for (const finding of essential) print(finding, true);
  const engine = await reportEngines();
  console.log('');
  const missing = essential.filter((finding) => !finding.usable).map((finding) => finding.subject);
  if (!engine) missing.push('an engine');
  if (missing.length > 0) throw new CliError(`Ritz cannot work here yet. Not usable: ${missing.join(', ')}.`);
  console.log(`Ritz can work here. Fastest engine: ${pc.bold(engine?.engine ?? '')}.`);
}
