/** Engines that `ritz engines install` made, each in a folder of its own. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where they are: RITZ_ENGINES, else `.ritz/engines` in the home directory. */
export function enginesDirectory(): string {
  return path.resolve(process.env['RITZ_ENGINES'] || path.join(os.homedir(), '.ritz/engines'));
}

/** Loads the package of an engine from its folder, where there is one, else as any other package. */
export function importEngine(engine: string, specifier: string): Promise<unknown> {
  const folder = path.join(enginesDirectory(), engine);
  if (!fs.existsSync(folder)) return import(specifier);
  const file = createRequire(path.join(folder, 'package.json')).resolve(specifier);
  return import(pathToFileURL(file).href);
}
