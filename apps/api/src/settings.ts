/** The settings that the process reads from its environment. */
import { ApiError } from './api-error.ts';

export interface Settings {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
}

export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 4000;

/** Reads RITZ_HOST and RITZ_API_PORT. Throws ApiError BAD_SETTING naming the variable. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const port = environment['RITZ_API_PORT'] || String(DEFAULT_PORT);
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new ApiError('BAD_SETTING', `RITZ_API_PORT: got ${JSON.stringify(port)}, expected a port from 0 to 65535.`);
  }
  return { host: environment['RITZ_HOST'] || DEFAULT_HOST, port: Number(port) };
}
