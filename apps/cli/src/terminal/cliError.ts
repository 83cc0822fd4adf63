/** An expected failure: its message is all the user sees. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: number;

  constructor(message: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode ?? 1;
  }
}

/** Raised when the user pressed Ctrl-C or the process was asked to stop; 130 is the shell's convention for it. */
export class InterruptedError extends CliError {
  constructor(message: string) {
    super(message, { exitCode: 130 });
  }
}
