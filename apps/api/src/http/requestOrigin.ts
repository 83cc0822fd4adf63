/** Requests that the rules of @ritz/http refuse: those that name another host, and those of another web site. */
import type { IncomingMessage } from 'node:http';
import { hostOf, refusedHost, refusedSite, type HeaderOf, type Refusal } from '@ritz/http';
import type { RequestHandler } from 'express';
import { RefusedError } from './fault.ts';

export function headerOf({ headers }: IncomingMessage): HeaderOf {
  return (name) => headers[name]?.toString();
}

/** For servers on a loopback address: refuses, with 421, requests whose Host header names anything but this machine. */
export const onlyLoopbackHosts: RequestHandler = (request, _response, next) => {
  refuse(refusedHost([hostOf(headerOf(request))]));
  next();
};

const reading = new Set(['GET', 'HEAD']);

/**
 * Refuses, with 403, what a page of another web site makes a browser write or query. Beyond this, every path that changes
 * something needs a content type that a form cannot send.
 */
export const refuseCrossSite: RequestHandler = (request, _response, next) => {
  const reads = reading.has(request.method) && !request.path.startsWith('/graphql');
  if (!reads) refuse(refusedSite(headerOf(request)));
  next();
};

function refuse(refusal: Refusal | null): void {
  if (refusal !== null) throw new RefusedError(refusal);
}
