/** `ritz push`: sends a file of records to an API; sending it again changes nothing. */
import { pushFile } from '@ritz/records';
import pc from 'picocolors';
import { apiTarget } from '../api/apiAddress.ts';
import { CliError } from '../terminal/cliError.ts';
import { startProgress } from '../terminal/progress.ts';

export interface PushCommandOptions {
  /** Of the API. */
  readonly url: string;
  readonly token?: string;
}

/** Maximum number of refused lines to show; the rest are counted. */
const shown = 20;

/** Throws a CliError when lines were refused (the others are stored) or the API stays unreachable. */
export async function push(file: string, { url, token }: PushCommandOptions): Promise<void> {
  const progress = startProgress(`Pushing ${file}`, 1);
  let refused = 0;
  const { counts, skipped } = await pushFile(file, apiTarget({ url, token }), {
    onProgress: (done, total) =>
      progress.update(total === 0 ? 1 : done / total, `${megabytes(done)} of ${megabytes(total)}`),
    onRefused: ({ message }) => {
      if (++refused <= shown) console.error(`${pc.yellow('refused')} ${message}`);
    },
    onRetry: (reason, seconds) => console.error(pc.dim(`Connection lost (${reason}); retrying in ${seconds} s …`)),
  }).finally(() => progress.stop());
  if (skipped > 0) console.log(`The first ${megabytes(skipped)} were already pushed.`);
  console.log(`${file}: ${counts.CREATED} new, ${counts.UPDATED} completed, ${counts.UNCHANGED} already stored.`);
  if (counts.REFUSED > 0) throw new CliError(`${counts.REFUSED} lines of ${file} were refused; the others are stored.`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
