/**
 * A server on a loopback address answers only requests that name a loopback host. That stops a web page whose own host name was
 * made to resolve to 127.0.0.1 (DNS rebinding) from reading through the browser of somebody who runs Ritz.
 */
import { isIPv4 } from 'node:net';
import type { RequestHandler } from 'express';
import { RefusedError } from './fault.ts';

/** True for 127.0.0.0/8, ::1 and localhost. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** Refuses, with 421, requests whose Host header names anything but this machine. */
export const onlyLoopbackHosts: RequestHandler = (request, _response, next) => {
  const host = (request.headers.host ?? '').replace(/:\d*$/, '');
  if (isLoopback(host)) {
    next();
    return;
  }
  const message = 'Host: expected a loopback name such as 127.0.0.1 or localhost. Call this server by its own address.';
  throw new RefusedError({ status: 421, code: 'MISDIRECTED_REQUEST', message });
};
