/** Why the API did not start, in words for the person who started it. */
export type ApiErrorCode = 'PORT_IN_USE' | 'PORT_REFUSED' | 'HOST_REFUSED' | 'BAD_SETTING';

export class ApiError extends Error {
  readonly code: ApiErrorCode;

  constructor(code: ApiErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiError';
    this.code = code;
  }
}
