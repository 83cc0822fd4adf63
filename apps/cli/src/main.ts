/** The `ritz` command: parses what was typed and hands over to one file per command. */
import { Command, CommanderError, Option } from 'commander';
import { demo } from './commands/demo.ts';
import { doctor } from './commands/doctor.ts';
import { up } from './commands/up.ts';
import { parsePort } from './services/port.ts';
import { reportFailure } from './terminal/report-failure.ts';

const environmentHelp = `
Environment:
  RITZ_DATA     directory of the embedded PostgreSQL (default ./.ritz)
  DATABASE_URL  use this PostgreSQL instead of the embedded one
  RITZ_DEBUG=1  print where an error happened

Examples:
  ritz demo         train on MNIST, measure spectra, look at them in the dashboard
  ritz demo --exit  the same, then print a summary table and end
  ritz up           serve what is stored
  ritz doctor       say what works on this machine`;

function program(): Command {
  const ritz = new Command('ritz')
    .description('Hessian spectra of neural networks along their training: estimate, store, query and compare.')
    .version('0.1.0')
    .showHelpAfterError('(ritz --help lists the commands)')
    .addHelpText('after', environmentHelp)
    .exitOverride();

  const port = (flag: string, variable: string, preset: number, listener: string): Option =>
    new Option(`${flag} <port>`, `port of ${listener}`)
      .env(variable)
      .default(preset)
      .argParser((text) => parsePort(text, `${flag} (or ${variable})`));
  const serving = (name: string): Command =>
    ritz
      .command(name)
      .addOption(port('--port', 'RITZ_PORT', 3000, 'the dashboard'))
      .addOption(port('--api-port', 'RITZ_API_PORT', 4000, 'the GraphQL API'))
      .option('--no-dashboard', 'serve the API only');

  serving('demo')
    .description('train 784-20-10 on MNIST with two learning-rate schedules, measure its Hessian spectra, show them')
    .option('--exit', 'end with a summary table instead of serving the dashboard until Ctrl-C')
    .action(demo);
  serving('up').description('serve the API and the dashboard until Ctrl-C').action(up);
  ritz.command('doctor').description('check Node, the database and every engine by running them').action(doctor);
  return ritz;
}

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? error.exitCode : reportFailure(error);
}
