/** `ritz store put`: puts files into the store and prints the names under which workers find them. */
import fs from 'node:fs/promises';
import { openStore, putContent } from '@ritz/worker';
import { CliError } from '../terminal/cliError.ts';

/** Prints the SHA-256 and the path of each. Throws a CliError for a file that cannot be read, a StoreError. */
export async function putFiles(files: readonly string[]): Promise<void> {
  const store = await openStore(process.env);
  for (const file of files) {
    let content: Buffer;
    try {
      content = await fs.readFile(file);
    } catch (cause) {
      throw new CliError(`${file} cannot be read: ${(cause as Error).message}.`, { cause });
    }
    console.log(`${await putContent(store, content)}  ${file}`);
  }
}
