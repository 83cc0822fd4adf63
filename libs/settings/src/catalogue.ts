/** Every environment variable of Ritz, once: what it is for, what it may be, and what it is unless given. */

interface About {
  /** Who reads it. */
  readonly readBy: readonly ('API' | 'dashboard' | 'commands' | 'Python')[];
  readonly about: string;
}

interface TextSetting extends About {
  readonly kind: 'text';
  /** `null` = nothing. */
  readonly preset: string | null;
  /** It is not shown. */
  readonly secret?: true;
}

interface IntegerSetting extends About {
  readonly kind: 'integer';
  readonly preset: number;
  readonly least: number;
  readonly most: number;
  readonly unit?: string;
}

interface ChoiceSetting extends About {
  readonly kind: 'choice';
  readonly preset: string;
  readonly choices: readonly string[];
}

export type Setting = TextSetting | IntegerSetting | ChoiceSetting;

const port = { kind: 'integer', least: 0, most: 65_535 } as const;

export const settings = {
  DATABASE_URL: {
    ...{ kind: 'text', preset: null, secret: true, readBy: ['API', 'commands'] },
    about: 'PostgreSQL to use, `postgres://user:password@host:port/database`, instead of the embedded one.',
  },
  RITZ_DATA: {
    ...{ kind: 'text', preset: '.ritz', readBy: ['API', 'commands'] },
    about: 'Directory of the embedded PostgreSQL and, unless RITZ_LOG_DIRECTORY says otherwise, of the logs.',
  },
  RITZ_MIGRATE: {
    ...{ kind: 'choice', preset: 'on', choices: ['on', 'off'], readBy: ['API', 'commands'] },
    about:
      'Whether whoever opens the database brings its tables to this release. `off`: only `ritz migrate` does, and others need no DDL.',
  },
  RITZ_DATABASE_CONNECTIONS: {
    ...{ kind: 'integer', preset: 10, least: 2, most: 1000, readBy: ['API'] },
    about: 'Connections to PostgreSQL of one API process, at most.',
  },
  RITZ_STATEMENT_SECONDS: {
    ...{ kind: 'integer', preset: 35, least: 1, most: 3600, unit: 's', readBy: ['API'] },
    about: 'Longest time for one statement, after which PostgreSQL ends it.',
  },
  RITZ_HOST: {
    ...{ kind: 'text', preset: '127.0.0.1', readBy: ['API'] },
    about: 'Address to listen on. Any address that other machines can reach needs a token.',
  },
  RITZ_API_PORT: { ...port, preset: 4000, readBy: ['API', 'commands'], about: 'Port of the API; 0 = any free one.' },
  RITZ_PORT: { ...port, preset: 3000, least: 1, readBy: ['commands'], about: 'Port of the dashboard of `ritz up`.' },
  RITZ_PROXIES: {
    ...{ kind: 'integer', preset: 0, least: 0, most: 10, readBy: ['API'] },
    about: 'Proxies in front of the API whose word about addresses and TLS is taken.',
  },
  RITZ_RATE_LIMIT: {
    ...{ kind: 'integer', preset: 6000, least: 0, most: 1_000_000, unit: 'requests a minute', readBy: ['API'] },
    about: 'Requests of one token; 0 = any number.',
  },
  RITZ_QUERY_FIELDS: {
    ...{ kind: 'integer', preset: 500_000, least: 1000, most: 100_000_000, readBy: ['API'] },
    about: 'Fields that one query may resolve in lists.',
  },
  RITZ_QUERY_MEMORY: {
    ...{ kind: 'integer', preset: 512, least: 1, most: 65_536, unit: 'MiB', readBy: ['API'] },
    about: 'Measurements and lists of numbers that one query may read.',
  },
  RITZ_QUERY_SECONDS: {
    ...{ kind: 'integer', preset: 30, least: 1, most: 3600, unit: 's', readBy: ['API'] },
    about: 'Longest time for one query.',
  },
  RITZ_QUERIES: {
    ...{ kind: 'text', preset: null, readBy: ['API'] },
    about: 'File of the only queries that are answered, for locked-down servers.',
  },
  RITZ_LOG: {
    ...{ kind: 'choice', preset: 'info', readBy: ['API'] },
    choices: ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'],
    about: 'The least important messages that the API logs.',
  },
  RITZ_LOG_DIRECTORY: {
    ...{ kind: 'text', preset: null, readBy: ['commands'] },
    about: 'Where `ritz up` writes logs, five files of 10 MB for each service; `logs` in RITZ_DATA unless given.',
  },
  RITZ_API_URL: {
    ...{ kind: 'text', preset: 'http://127.0.0.1:4000', readBy: ['dashboard'] },
    about: 'Where the dashboard finds the API.',
  },
  RITZ_DASHBOARD_HOSTS: {
    ...{ kind: 'text', preset: null, readBy: ['dashboard'] },
    about:
      'Host names beside those of the loopback interface that the dashboard answers to, separated by commas; `*` = any.',
  },
  RITZ_URL: {
    ...{ kind: 'text', preset: 'http://127.0.0.1:4000', readBy: ['commands', 'Python'] },
    about: 'Address of the API that commands and the Python client ask.',
  },
  RITZ_TOKEN: {
    ...{ kind: 'text', preset: null, secret: true, readBy: ['commands', 'Python'] },
    about: 'Access token, where the API asks for one.',
  },
  RITZ_STORE: {
    ...{ kind: 'text', preset: null, readBy: ['commands'] },
    about: 'Where workers find models and checkpoints: a shared folder or `s3://bucket/prefix`.',
  },
  RITZ_ENGINES: {
    ...{ kind: 'text', preset: '~/.ritz/engines', readBy: ['commands'] },
    about: 'Directory of the engines that `ritz engines install` makes.',
  },
  RITZ_DEBUG: {
    ...{ kind: 'text', preset: null, readBy: ['commands'] },
    about: 'Set to 1, commands print where an error happened.',
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    ...{ kind: 'text', preset: null, readBy: ['API'] },
    about: 'Sends OpenTelemetry traces there, with all other standard OTEL_ variables.',
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingName = keyof typeof settings;

/** The names of the settings of one kind. */
export type NameOf<Kind extends Setting['kind']> = {
  [Name in SettingName]: (typeof settings)[Name]['kind'] extends Kind ? Name : never;
}[SettingName];
