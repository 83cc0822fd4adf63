/** The HTTP API of Ritz: GraphQL on Express, started and stopped as one. */
export { startApi, type RunningApi, type StartApiOptions } from './startApi.ts';
export { ApiError, type ApiErrorCode } from './apiError.ts';
export { createLogger, type Logger } from './logger.ts';
