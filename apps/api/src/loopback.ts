/**
 * Who may reach the API. There are no tokens, so only this machine may: the server binds to loopback addresses alone, and
 * answers only requests that name a loopback host. The second rule stops a web page whose own host name was made to
 * resolve to 127.0.0.1 (DNS rebinding) from reading through the browser of somebody who runs Ritz.
 */
import { isIPv4 } from 'node:net';
import type { RequestHandler } from 'express';
import { ApiError } from './api-error.ts';

/** True for 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** Throws ApiError HOST_REFUSED unless `host` is reachable from this machine alone. */
export function requireLoopback(host: string): void {
  if (isLoopback(host)) return;
  throw new ApiError(
    'HOST_REFUSED',
    `RITZ_HOST: got ${JSON.stringify(host)}, which other machines can reach, and there are no tokens to tell who may read ` +
      'or write. Use a loopback address such as 127.0.0.1, and a tunnel (for example ssh -L) to reach it from elsewhere.',
  );
}

/** Refuses, with 421, requests whose Host header names anything but this machine. */
export const onlyLoopbackHosts: RequestHandler = (request, response, next) => {
  const host = (request.headers.host ?? '').replace(/:\d*$/, '');
  if (isLoopback(host)) {
    next();
    return;
  }
  response.status(421).json({
    errors: [
      {
        message: 'Host: expected a loopback name such as 127.0.0.1 or localhost. Call this server by its own address.',
        extensions: { code: 'MISDIRECTED_REQUEST' },
      },
    ],
  });
};
