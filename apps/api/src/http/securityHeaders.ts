/**
 * What browsers are told about every answer: nothing may be framed, sniffed or loaded from elsewhere. The one page there is,
 * GraphiQL, gets what it needs: its own scripts, styles (its editor makes them as it runs) and workers.
 */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const nothing = { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] };

/** No `upgrade-insecure-requests` and no HSTS: on loopback there is no TLS, and elsewhere it is the proxy's to promise. */
function headers(directives: Readonly<Record<string, string[]>>): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  });
}

export const answerHeaders: RequestHandler = headers(nothing);

export const pageHeaders: RequestHandler = headers({
  ...nothing,
  scriptSrc: ["'self'"],
  workerSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  fontSrc: ["'self'", 'data:'],
  imgSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
});
