/** The settings that the process reads from its environment: see @ritz/settings. */
import { choiceOf, integerOf, textOf, type Environment } from '@ritz/settings';
import type { BudgetLimits } from '@ritz/schema';

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
  /** A file of the only queries that are answered (see graphql/queryRegistry.ts); null = any. */
  readonly queries: string | null;
  /** Whether the tables are brought to this version at the start. */
  readonly migrates: boolean;
  /** Connections to the database, at most. */
  readonly connections: number;
  /** Longest time for one statement, in milliseconds. */
  readonly statementTimeout: number;
  /** What one query may take. */
  readonly queryLimits: BudgetLimits;
}

/** Throws SettingError naming the variable. */
export function readSettings(environment: Environment): Settings {
  return {
    host: textOf('RITZ_HOST', environment) ?? '',
    port: integerOf('RITZ_API_PORT', environment),
    logLevel: choiceOf('RITZ_LOG', environment),
    proxies: integerOf('RITZ_PROXIES', environment),
    rateLimit: integerOf('RITZ_RATE_LIMIT', environment),
    migrates: choiceOf('RITZ_MIGRATE', environment) === 'on',
    connections: integerOf('RITZ_DATABASE_CONNECTIONS', environment),
    statementTimeout: integerOf('RITZ_STATEMENT_SECONDS', environment) * 1000,
    queryLimits: {
      fields: integerOf('RITZ_QUERY_FIELDS', environment),
      bytes: integerOf('RITZ_QUERY_MEMORY', environment) * 2 ** 20,
      milliseconds: integerOf('RITZ_QUERY_SECONDS', environment) * 1000,
    },
    queries: textOf('RITZ_QUERIES', environment),
  };
}
