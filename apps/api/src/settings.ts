/** The settings that the process reads from its environment. */
import { ApiError } from './api-error.ts';

export interface Settings {
  readonly host: string;
  /** 0 = any free port. */
  readonly port: number;
  /** The least important messages that are logged. */
  readonly logLevel: string;
  /** Proxies in front of the server, 0 = none. */
  readonly proxies: number;
  /** Requests a minute of one token, 0 = any number. */
  readonly rateLimit: number;
  /** A file of the only queries that are answered (see graphql/query-registry.ts); null = any. */
  readonly queries: string | null;
}

export const DEFAULT_HOST = '127.0.0.1';
export const DEFAULT_PORT = 4000;
export const DEFAULT_RATE_LIMIT = 6000;

const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'];

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads RITZ_HOST, RITZ_API_PORT, RITZ_LOG, RITZ_PROXIES, RITZ_RATE_LIMIT and RITZ_QUERIES. Throws ApiError BAD_SETTING naming the variable. */
export function readSettings(environment: Environment): Settings {
  const logLevel = environment['RITZ_LOG'] || 'info';
  if (!LOG_LEVELS.includes(logLevel)) throw bad('RITZ_LOG', logLevel, `one of ${LOG_LEVELS.join(', ')}`);
  return {
    host: environment['RITZ_HOST'] || DEFAULT_HOST,
    port: whole(environment, 'RITZ_API_PORT', DEFAULT_PORT, 65_535, 'a port'),
    logLevel,
    proxies: whole(environment, 'RITZ_PROXIES', 0, 10, 'the number of proxies in front of the API'),
    rateLimit: whole(environment, 'RITZ_RATE_LIMIT', DEFAULT_RATE_LIMIT, 1_000_000, 'requests a minute'),
    queries: environment['RITZ_QUERIES'] || null,
  };
}

function whole(environment: Environment, name: string, otherwise: number, most: number, what: string): number {
  const text = environment[name] || String(otherwise);
  if (/^\d{1,7}$/.test(text) && Number(text) <= most) return Number(text);
  throw bad(name, text, `${what} from 0 to ${String(most)}`);
}

function bad(name: string, text: string, expected: string): ApiError {
  return new ApiError('BAD_SETTING', `${name}: got ${JSON.stringify(text)}, expected ${expected}.`);
}
