/** The one error class of this package; `code` says what kind of failure it is, the message what to do. */

export type EstimationErrorCode =
  | 'SHAPE' // operands do not fit together
  | 'BAD_OPTION' // an option is out of range
  | 'BAD_FILE' // a model file is not what it should be
  | 'TOO_LARGE' // it does not fit the memory that may be used
  | 'ENGINE_UNAVAILABLE' // the engine cannot run on this machine
  | 'ENGINE_FAILED' // the engine stopped while it was running
  | 'UNSUPPORTED' // the engine or an op cannot do what was asked
  | 'NON_FINITE' // NaN or Infinity came out of a computation
  | 'ASYMMETRIC' // the operator is not symmetric
  | 'NON_DETERMINISTIC' // the operator gives different bits for the same input
  | 'CORRUPT_STATE' // a saved state does not belong to this computation
  | 'STATE_UNWRITABLE'; // a state cannot be saved, for example because the disk is full

export class EstimationError extends Error {
  override readonly name = 'EstimationError';
  readonly code: EstimationErrorCode;

  constructor(code: EstimationErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
