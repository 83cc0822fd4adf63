/** The one error class of this package; `code` says what kind of failure it is, the message what to do. */

export type LanczosErrorCode =
  | 'SHAPE' // vectors of another length than the operator's
  | 'BAD_OPTION' // an option is out of range
  | 'OPERATOR_FAILED' // the operator threw: `cause` is what it threw
  | 'THREAD_FAILED' // a thread of the basis ended
  | 'NON_FINITE' // a computation returned NaN or Infinity
  | 'ASYMMETRIC' // the operator is not symmetric
  | 'NON_DETERMINISTIC' // the operator returned different bits for the same input
  | 'CORRUPT_STATE' // a saved state does not belong to this computation
  | 'STATE_UNWRITABLE' // a state cannot be saved, for example because the disk is full
  | 'UNSUPPORTED'; // this machine cannot run it

export class LanczosError extends Error {
  override readonly name = 'LanczosError';
  readonly code: LanczosErrorCode;

  constructor(code: LanczosErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
