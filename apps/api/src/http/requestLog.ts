/** One log line per answered request: method, path, status, duration. Never a body or a header: those may hold secrets. */
import type { RequestHandler } from 'express';
import type { Logger } from '../logger.ts';

export function logRequests(logger: Logger): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    const { method, path } = request;
    response.once('close', () => {
      const milliseconds = Math.round(performance.now() - started);
      const line = { method, path, status: response.statusCode, milliseconds, aborted: !response.writableFinished };
      const quiet = path === '/healthz' || path === '/readyz';
      logger[quiet ? 'debug' : 'info'](line, 'request');
    });
    next();
  };
}
