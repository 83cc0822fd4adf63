/** The HTTP API of Ritz: GraphQL on Express, started and stopped as one. */
export { startApi, type RunningApi, type StartApiOptions } from './start-api.ts';
export { ApiError, type ApiErrorCode } from './api-error.ts';
export { createLogger, type Logger } from './logger.ts';
