/** The secret that a request brings: in its `Authorization` header, or in the cookie of a browser that signed in. */
import type { IncomingMessage } from 'node:http';
import { parseCookie } from 'cookie';
import { RefusedError } from '../http/fault.ts';

export const sessionCookie = 'ritz_session';

export interface Credentials {
  readonly secret: string;
  readonly from: 'header' | 'cookie';
}

/**
 * The header counts before the cookie; `null` when there is neither.
 * @throws RefusedError UNAUTHENTICATED when the header is not `Bearer <token>`.
 */
export function credentialsOf(request: IncomingMessage): Credentials | null {
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined) {
    const secret = /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];
    if (secret !== undefined) return { secret, from: 'header' };
    throw unauthenticated('The Authorization header is not of the form "Bearer <token>".');
  }
  const secret = cookie === undefined ? undefined : parseCookie(cookie)[sessionCookie];
  return secret ? { secret, from: 'cookie' } : null;
}

/** 401; the message never repeats what was given, for that may be most of a secret. */
export function unauthenticated(message: string): RefusedError {
  return new RefusedError({ status: 401, code: 'UNAUTHENTICATED', message });
}
