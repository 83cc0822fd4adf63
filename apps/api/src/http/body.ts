/** Request bodies: JSON in UTF-8 up to a limit, and words for whatever is wrong with one. */
import { isUtf8 } from 'node:buffer';
import { nonFiniteIn } from '@ritz/records';
import express, { type RequestHandler } from 'express';
import { RefusedError, type Fault } from './fault.ts';

const bodyLimitMegabytes = 20;

/** Parses JSON bodies; anything else is left unread. */
export const parseBody: RequestHandler = express.json({
  limit: `${String(bodyLimitMegabytes)}mb`,
  verify: (_request, _response, bytes) => {
    if (isUtf8(bytes)) return;
    const message = 'The request could not be read: its body is not valid UTF-8.';
    throw new RefusedError({ status: 400, code: 'BAD_REQUEST', message });
  },
});

/** Why `text`, called `what` in the message, is not JSON. */
function jsonFault(what: string, text: string): Fault {
  const found = nonFiniteIn(text);
  if (found === null) return { status: 400, code: 'BAD_REQUEST', message: `${what} is not JSON.` };
  const message =
    `${what} holds ${found}, which is not JSON: a number that is not finite cannot be stored. ` +
    'Leave it out, or send null where nothing was measured.';
  return { status: 400, code: 'NON_FINITE', message };
}

/** What Express found wrong with the body or the address of a request; `null` when the error is not of that kind. */
export function bodyFault(error: object): Fault | null {
  const type = 'type' in error ? error.type : null;
  if (type === 'entity.too.large') {
    const message = `The request body is larger than ${String(bodyLimitMegabytes)} MB. Send fewer steps or probes per request.`;
    return { status: 413, code: 'PAYLOAD_TOO_LARGE', message };
  }
  if (type === 'entity.parse.failed') {
    return jsonFault('The request body', 'body' in error && typeof error.body === 'string' ? error.body : '');
  }
  const status = 'status' in error ? error.status : null;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const message = error instanceof Error ? error.message : 'no reason given';
    return { status, code: 'BAD_REQUEST', message: `The request could not be read: ${message}.` };
  }
  return null;
}
