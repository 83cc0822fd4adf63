/** Turns anything thrown into one readable message and an exit code. */
import pc from 'picocolors';
import { CliError } from './cliError.ts';

/** Errors of our packages carry a string `code` and a message written for people; anything else is a defect of ours. */
function isExpected(error: unknown): error is Error {
  return (
    error instanceof CliError || (error instanceof Error && 'code' in error && /^[A-Z_]+$/.test(String(error.code)))
  );
}

/** Prints the failure to stderr and returns the exit code. `RITZ_DEBUG=1` adds the stack. */
export function reportFailure(error: unknown): number {
  const message = error instanceof Error ? error.message : String(error);
  console.error(`${pc.red('ritz:')} ${message}`);
  if (process.env['RITZ_DEBUG']) console.error(error);
  else if (!isExpected(error)) console.error(pc.dim('This was not expected. RITZ_DEBUG=1 prints where it happened.'));
  return error instanceof CliError ? error.exitCode : 1;
}
