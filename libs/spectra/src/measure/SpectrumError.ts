/** The one error class of this package; `code` says what kind of fault it is, the message what to do about it. */

export type SpectrumErrorCode = 'EMPTY' | 'NON_FINITE' | 'BAD_LENGTH' | 'BAD_SMOOTHING' | 'BAD_GRID' | 'BAD_OPTION';

export class SpectrumError extends Error {
  override readonly name = 'SpectrumError';
  readonly code: SpectrumErrorCode;

  constructor(code: SpectrumErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
