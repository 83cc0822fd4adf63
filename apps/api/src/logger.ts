/** Structured logs: one JSON object a line, on standard error, so that standard output keeps its one ready line. */
import { destination, pino, stdTimeFunctions, type Logger } from 'pino';
import { requestId } from './http/requestId.ts';

export type { Logger };

/** `level` as pino names them: silent, fatal, error, warn, info, debug, trace. */
export function createLogger(level = 'info'): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      mixin: () => {
        const id = requestId();
        return id === null ? {} : { requestId: id };
      },
    },
    destination({ dest: 2, sync: true }),
  );
}
