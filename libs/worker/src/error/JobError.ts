/** A job that cannot be carried out as it was requested: another attempt would fail in the same way. */
export type JobErrorCode =
  | 'WRONG_SOURCE' // the job is of another kind than the problem it was opened as
  | 'NO_CONFIG' // the run of a checkpoint has no training config
  | 'NETWORK_UNUSABLE' // the network, its examples or its labels do not fit together
  | 'REFUSED'; // the database refuses the result

export class JobError extends Error {
  override readonly name = 'JobError';
  readonly code: JobErrorCode;

  constructor(code: JobErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
