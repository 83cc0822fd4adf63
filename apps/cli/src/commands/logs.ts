/** `ritz logs`: searches and follows the logs of the services of `ritz up`. */
import { logDirectory, logFiles, serviceNames, type Service } from '../logs/logDirectory.ts';
import { formatLine, isShown, parseLine, type Level, type LogFilter } from '../logs/logLine.ts';
import { appended, linesOf, sizeOf } from '../logs/tail.ts';
import { CliError, InterruptedError } from '../terminal/cliError.ts';
import { interruptible } from '../terminal/interruptible.ts';

export interface LogsOptions {
  readonly level: Level;
  readonly request?: string;
  readonly follow?: boolean;
  /** Maximum number of matching lines per service; the last ones are shown. */
  readonly lines: number;
  /** Print lines exactly as stored. */
  readonly json?: boolean;
}

/** Prints the last lines of each service; with `follow`, continues until Ctrl-C. Throws a CliError when there are no logs. */
export async function logs(services: readonly Service[], options: LogsOptions): Promise<void> {
  const directory = logDirectory(process.env);
  const chosen = services.length > 0 ? services : serviceNames;
  // Taken before the files are read: what is written meanwhile is not lost.
  const ends = await Promise.all(chosen.map((service) => sizeOf(logFiles(directory, service).at(-1) ?? '')));
  if (!options.follow && ends.every((size) => size === 0)) {
    throw new CliError(`No logs in ${directory}. \`ritz up\` writes them to RITZ_LOG_DIRECTORY.`);
  }
  for (const service of chosen)
    for (const line of await lastLines(directory, service, options)) print(service, line, options);
  if (!options.follow) return;
  await interruptible('', async (signal) => {
    await Promise.all(chosen.map((service, at) => follow(directory, service, ends[at] ?? 0, options, signal)));
  }).catch((error: unknown) => {
    if (!(error instanceof InterruptedError)) throw error;
  });
}

async function lastLines(directory: string, service: Service, options: LogsOptions): Promise<string[]> {
  const last: string[] = [];
  for (const file of logFiles(directory, service)) {
    for await (const line of linesOf(file)) {
      if (line === '' || !isShown(parseLine(line), options satisfies LogFilter)) continue;
      last.push(line);
      if (last.length > options.lines) last.shift();
    }
  }
  return last;
}

async function follow(
  directory: string,
  service: Service,
  from: number,
  options: LogsOptions,
  signal: AbortSignal,
): Promise<void> {
  for await (const line of appended(logFiles(directory, service).at(-1) ?? '', from, signal)) {
    if (line !== '' && isShown(parseLine(line), options)) print(service, line, options);
  }
}

function print(service: Service, line: string, { json }: LogsOptions): void {
  console.log(json ? line : formatLine(service, parseLine(line)));
}
