/** Request bodies: JSON in UTF-8 up to a limit. Whatever is wrong with one is said in the shape of a GraphQL answer. */
import { isUtf8 } from 'node:buffer';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';

export const BODY_LIMIT_MEGABYTES = 20;

class BodyError extends Error {
  readonly status = 400;
}

/** Parses JSON bodies; anything else is left unread. */
export const parseBody: RequestHandler = express.json({
  limit: `${String(BODY_LIMIT_MEGABYTES)}mb`,
  verify: (_request, _response, bytes) => {
    if (!isUtf8(bytes)) throw new BodyError('its body is not valid UTF-8');
  },
});

// NaN or Infinity where a JSON value should stand. Python's json.dumps and others write them; JSON has neither.
const NON_FINITE_VALUE = /[[:,]\s*(-?(?:NaN|Infinity))\s*[,\]}]/;
const TEXT = /"(?:[^"\\]|\\.)*"/g;

interface BodyFault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

function describe(error: object): BodyFault | null {
  const type = 'type' in error ? error.type : null;
  if (type === 'entity.too.large') {
    const message = `The request body is larger than ${String(BODY_LIMIT_MEGABYTES)} MB. Send fewer steps or probes per request.`;
    return { status: 413, code: 'PAYLOAD_TOO_LARGE', message };
  }
  if (type === 'entity.parse.failed') {
    const body = 'body' in error && typeof error.body === 'string' ? error.body : '';
    const found = NON_FINITE_VALUE.exec(body.replace(TEXT, '""'))?.[1];
    if (found) {
      const message = `The request body holds ${found}, which is not JSON: a number that is not finite cannot be stored. Leave it out, or send null where nothing was measured.`;
      return { status: 400, code: 'NON_FINITE', message };
    }
    return { status: 400, code: 'BAD_REQUEST', message: 'The request body is not JSON.' };
  }
  const status = 'status' in error ? error.status : null;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    const message = error instanceof Error ? error.message : 'no reason given';
    return { status, code: 'BAD_REQUEST', message: `The request could not be read: ${message}.` };
  }
  return null;
}

/** Answers what parseBody and the router refused; hands on what is a fault of the server. */
export const reportBodyFaults: ErrorRequestHandler = (error, _request, response, next) => {
  const fault = typeof error === 'object' && error !== null ? describe(error) : null;
  if (fault === null || response.headersSent) {
    next(error);
    return;
  }
  response.status(fault.status).json({ errors: [{ message: fault.message, extensions: { code: fault.code } }] });
};
