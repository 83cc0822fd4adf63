/** The `ritz` command: parses what was typed and hands over to one file per command, which is loaded only then. */
import { Command, CommanderError, Option } from 'commander';
import type { DemoOptions } from './commands/demo.ts';
import { addOperatingCommands } from './commands/operating.ts';
import { addPlatformCommands } from './commands/platform.ts';
import { addQueueCommands } from './commands/queue.ts';
import { addReadingCommands } from './commands/reading.ts';
import { addTrainingCommands } from './commands/training.ts';
import { defaultSize } from './demo/plan.ts';
import { parsePort } from './services/port.ts';
import type { ServingOptions } from './services/whileServing.ts';
import { declareSpectrumOptions, type SpectrumOptions } from './spectrum/options.ts';
import { parseCount } from './terminal/count.ts';
import { reportFailure } from './terminal/reportFailure.ts';

const environmentHelp = `
Environment:
  RITZ_DATA     directory of the embedded PostgreSQL (default ./.ritz)
  DATABASE_URL  use this PostgreSQL instead of the embedded one
  RITZ_URL      address of the API that commands use (default http://127.0.0.1:4000)
  RITZ_TOKEN    access token, if the API requires one
  RITZ_STORE    where workers find models and checkpoints: a shared folder or s3://bucket/prefix
  RITZ_DEBUG=1  print where an error happened
  Every setting: ritz settings

Examples:
  ritz demo                  train on MNIST, measure spectra, look at them in the dashboard
  ritz demo --exit           the same, then print a summary table and end
  ritz up                    serve the stored runs
  ritz doctor                check what works on this machine
  ritz train run.yaml        train the network of a config file and measure its spectra
  ritz fork "my run@400" --set schedule.rate=0.01
  ritz reproduce F3 F4       put claims of the paper to the test, in minutes
  ritz spectrum --model m.onnx --data x.npy --labels y.npy
  ritz compare "MLP, constant rate" "MLP, step decay" --at 100,2000`;

function program(): Command {
  const ritz = new Command('ritz')
    .description('Hessian spectra of neural networks along their training: estimate, store, query and compare.')
    .version('0.1.0')
    .showHelpAfterError('(ritz --help lists the commands)')
    .addHelpText('after', environmentHelp)
    .helpCommand(false)
    .exitOverride();

  const port = (flag: string, variable: string, preset: number, listener: string): Option =>
    new Option(`${flag} <port>`, `port of ${listener}`)
      .env(variable)
      .default(preset)
      .argParser((text) => parsePort(text, `${flag} (or ${variable})`));
  const count = (flag: string, preset: number, meaning: string, most: number): Option =>
    new Option(`${flag} <n>`, meaning).default(preset).argParser((text) => parseCount(text, { flag, meaning, most }));
  const serving = (name: string): Command =>
    ritz
      .command(name)
      .addOption(port('--port', 'RITZ_PORT', 3000, 'the dashboard'))
      .addOption(port('--api-port', 'RITZ_API_PORT', 4000, 'the GraphQL API'))
      .option('--no-dashboard', 'serve the API only');

  ritz.commandsGroup('Start:');
  serving('demo')
    .description('train 784-20-10 on MNIST with two learning-rate schedules, measure its Hessian spectra, show them')
    .addOption(count('--steps', defaultSize.steps, 'training steps of each run', 1_000_000))
    .addOption(count('--images', defaultSize.images, 'training images that the Hessian is taken over', 60_000))
    .addOption(count('--lanczos-steps', defaultSize.lanczosSteps, 'm, Lanczos steps of each probe', 1000))
    .addOption(count('--probes', defaultSize.probes, 'k, random start vectors of each spectrum', 100))
    .option('--exit', 'end with a summary table instead of serving the dashboard until Ctrl-C')
    .action(async (options: DemoOptions) => (await import('./commands/demo.ts')).demo(options));
  serving('up')
    .description('serve the API and the dashboard until Ctrl-C')
    .addOption(
      new Option('--workers <n>', 'number of workers that measure the spectra of the queue')
        .default(0)
        .argParser((text) =>
          parseCount(text, { flag: '--workers', meaning: 'number of workers', least: 0, most: 1000 }),
        ),
    )
    .action(async (options: ServingOptions) => (await import('./commands/up.ts')).up(options));
  addOperatingCommands(ritz);
  ritz
    .command('doctor')
    .description('check Node, the database and every engine by running them')
    .action(async () => (await import('./commands/doctor.ts')).doctor());
  ritz.commandsGroup('Measure:');
  addTrainingCommands(ritz);
  declareSpectrumOptions(ritz.command('spectrum'))
    .description('measure the spectrum of a trained network: an ONNX file and examples as .npy files')
    .action(async (options: SpectrumOptions) => (await import('./commands/spectrum.ts')).spectrum(options));
  addQueueCommands(ritz);
  ritz.commandsGroup('Read:');
  addReadingCommands(ritz);
  ritz.commandsGroup('Move and share:');
  addPlatformCommands(ritz);
  return ritz;
}

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = error instanceof CommanderError ? error.exitCode : reportFailure(error);
}
