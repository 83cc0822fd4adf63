/** `ritz engines install`: engines that are not installed with Ritz. */
import path from 'node:path';
import { checkEngines, enginesDirectory } from '@ritz/estimation';
import pc from 'picocolors';
import { installTfjsNode } from '../engines/installTfjsNode.ts';
import { CliError } from '../terminal/cliError.ts';

export type InstallableEngine = 'tfjs-node';

const installers: Readonly<Record<InstallableEngine, typeof installTfjsNode>> = { 'tfjs-node': installTfjsNode };

/** Installs an engine and tries it. Throws a CliError that says what is missing, or why the engine does not work. */
export async function installEngine(engine: InstallableEngine): Promise<void> {
  const directory = path.join(enginesDirectory(), engine);
  await installers[engine](directory, (stage) => process.stderr.write(pc.dim(`${engine}: ${stage}\n`)));
  const [check] = await checkEngines({ engines: [engine] });
  if (!check?.usable) {
    throw new CliError(
      `${engine} is installed in ${directory}, but not usable: ${check?.reason ?? 'it was not tried'}.`,
    );
  }
  console.log(
    `${engine} is installed in ${directory} and works: relative error ${check.relativeError?.toPrecision(2)}.`,
  );
}
