/** `ritz up`: serves the API and the dashboard until it is interrupted. */
import { printAddresses, untilInterrupted, whileServing, type ServingOptions } from '../services/whileServing.ts';

/** Serves until Ctrl-C, which ends it with exit code 0. */
export async function up(options: ServingOptions): Promise<void> {
  await whileServing(options, async (stack, signal) => {
    printAddresses(stack);
    await untilInterrupted(signal);
  });
}
