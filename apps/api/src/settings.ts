/** The settings that the process reads from its environment. */
import { ApiError } from './api-error.ts';

export interface Settings {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** The least important messages that are logged. */
  readonly logLevel: string;
}

export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 4000;

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

/** Reads RITZ_HOST, RITZ_API_PORT and RITZ_LOG. Throws ApiError BAD_SETTING naming the variable. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const port = environment['RITZ_API_PORT'] || String(DEFAULT_PORT);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new ApiError('BAD_SETTING', `RITZ_API_PORT: got ${JSON.stringify(port)}, expected a port from 0 to 65535.`);
  }
  const logLevel = environment['RITZ_LOG'] || 'info';
  if (!LOG_LEVELS.includes(logLevel)) {
    throw new ApiError(
      'BAD_SETTING',
      `RITZ_LOG: got ${JSON.stringify(logLevel)}, expected one of ${LOG_LEVELS.join(', ')}.`,
    );
  }
  return { host: environment['RITZ_HOST'] || DEFAULT_HOST, port: Number(port), logLevel };
}
