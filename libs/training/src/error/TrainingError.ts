/** The one error class of this package; `code` says what kind of failure it is, the message what to do. */

export type TrainingErrorCode =
  | 'DATA_MISSING' // a data file is missing
  | 'DATA_CORRUPT' // a data file is invalid
  | 'DATA_TOO_LARGE' // a data set does not fit into memory
  | 'BAD_OPTION' // an option is out of range
  | 'CONFIG_INVALID' // a config file says something that cannot be done
  | 'CHECKPOINT_MISMATCH' // a saved state is of another run, model or optimiser
  | 'IN_USE' // another process is using it
  | 'NOT_WRITABLE' // a file or folder cannot be written
  | 'DIVERGED'; // the loss became NaN or infinite

export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  readonly code: TrainingErrorCode;

  constructor(code: TrainingErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
