/** One line of a log: a JSON object as the API writes it, or text as other programs do. */
import pc from 'picocolors';
import type { Service } from './logDirectory.ts';

/** As pino numbers them. */
export const levels = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60 } as const;
export type Level = keyof typeof levels;

export interface LogFilter {
  /** The minimum level that is shown. */
  readonly level: Level;
  /** Only lines of this request. */
  readonly request?: string;
}

interface LogLine {
  readonly level: number;
  readonly time: string | null;
  readonly message: string;
  readonly requestId: string | null;
  /** Everything else that stands in it. */
  readonly rest: Readonly<Record<string, unknown>>;
}

/** Text that is not a JSON object counts as level info. */
export function parseLine(text: string): LogLine {
  const value = jsonObject(text);
  if (value === null) return { level: levels.info, time: null, message: text, requestId: null, rest: {} };
  const { level, time, msg, requestId, ...rest } = value;
  return {
    level: typeof level === 'number' ? level : levels.info,
    time: typeof time === 'string' ? time : null,
    message: typeof msg === 'string' ? msg : '',
    requestId: typeof requestId === 'string' ? requestId : null,
    rest,
  };
}

function jsonObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

export function isShown({ level, requestId }: LogLine, filter: LogFilter): boolean {
  return level >= levels[filter.level] && (filter.request === undefined || requestId === filter.request);
}

/** For people: time, level, service, message, the rest as `name=value`, and the stack of an error below. */
export function formatLine(service: Service, { level, time, message, requestId, rest }: LogLine): string {
  const { err, ...others } = rest;
  const fields = Object.entries({ ...others, ...(requestId !== null && { request: requestId }) });
  const shown = fields.map(([name, value]) =>
    pc.dim(`${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`),
  );
  const stack = typeof err === 'object' && err !== null && 'stack' in err ? `\n${String(err.stack)}` : '';
  return (
    [time === null ? '' : pc.dim(time), coloured(level), service, message, ...shown].filter(Boolean).join(' ') + stack
  );
}

function coloured(level: number): string {
  const name = Object.entries(levels).findLast(([, number]) => level >= number)?.[0] ?? 'trace';
  const padded = name.padEnd(5);
  if (level >= levels.error) return pc.red(padded);
  return level >= levels.warn ? pc.yellow(padded) : padded;
}
