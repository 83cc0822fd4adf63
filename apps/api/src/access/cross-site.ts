/**
 * Refuses what another web site makes a browser send. Browsers say in `Sec-Fetch-Site` where a request comes from; programs
 * send no such header. Beyond this, every path that changes something wants a content type that a form cannot have.
 */
import type { RequestHandler } from 'express';
import { sendFault } from '../http/fault.ts';

const OWN = new Set(['same-origin', 'none']);
const READING = new Set(['GET', 'HEAD']);

export const refuseCrossSite: RequestHandler = (request, response, next) => {
  const site = request.headers['sec-fetch-site'];
  if (site === undefined || OWN.has(String(site)) || READING.has(request.method)) {
    next();
    return;
  }
  const message = 'This request was made by a page of another web site. Only pages of this server may write to it.';
  sendFault(response, { status: 403, code: 'CROSS_SITE', message });
};
