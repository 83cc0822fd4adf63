/** Declares the commands for operators. Each implementation is loaded only when it is used. */
import { Argument, Option, type Command } from 'commander';
import { serviceNames, type Service } from '../logs/logDirectory.ts';
import { levels } from '../logs/logLine.ts';
import { parseCount } from '../terminal/count.ts';
import type { InstallableEngine } from './engines.ts';
import type { LogsOptions } from './logs.ts';
import type { MigrateOptions } from './migrate.ts';

/** Adds `settings`, `migrate`, `engines` and `logs` to the program. */
export function addOperatingCommands(ritz: Command): void {
  ritz
    .command('settings')
    .description('show and check every setting (environment variable)')
    .action(async () => {
      (await import('./settings.ts')).settings();
    });
  ritz
    .command('migrate')
    .description('migrate the database to this release')
    .option('--grant <role>', 'grant this PostgreSQL role what a server needs with RITZ_MIGRATE=off')
    .action(async (options: MigrateOptions) => (await import('./migrate.ts')).migrate(options));
  ritz
    .command('engines')
    .description('install engines that do not come with Ritz')
    .command('install')
    .description('build the engine for this machine, and try it')
    .addArgument(new Argument('<engine>', 'which engine').choices(['tfjs-node']))
    .action(async (engine: InstallableEngine) => (await import('./engines.ts')).installEngine(engine));
  addLogs(ritz);
}

function addLogs(ritz: Command): void {
  const meaning = 'maximum number of matching lines per service';
  ritz
    .command('logs')
    .description('show the logs of `ritz up`')
    .addArgument(new Argument('[services...]', 'which services (default: all)').choices(serviceNames))
    .option('-f, --follow', 'follow new lines until Ctrl-C')
    .addOption(new Option('--level <level>', 'minimum level').choices(Object.keys(levels)).default('info'))
    .option('--request <id>', 'only lines of this request (the X-Request-Id of its response)')
    .addOption(
      new Option('-n, --lines <n>', meaning)
        .default(100)
        .argParser((text) => parseCount(text, { flag: '--lines', meaning, most: 1_000_000 })),
    )
    .option('--json', 'print lines exactly as stored')
    .action(async (services: Service[], options: LogsOptions) => (await import('./logs.ts')).logs(services, options));
}
