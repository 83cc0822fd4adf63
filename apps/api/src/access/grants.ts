/** The grant of each request that was let in. */
import type { IncomingMessage } from 'node:http';
import type { Grant } from './authenticator.ts';

const grants = new WeakMap<IncomingMessage, Grant>();

/** What `request` was granted. Throws when it has not passed `authenticate`, which is a fault of the application. */
export function grantOf(request: IncomingMessage): Grant {
  const grant = grants.get(request);
  if (grant === undefined) throw new Error('A request was answered before it was authenticated.');
  return grant;
}

export function keepGrant(request: IncomingMessage, grant: Grant): void {
  grants.set(request, grant);
}
