/**
 * Who asks, and what they may do. Every request is looked up anew, so a token that was revoked is refused at once. Without
 * any token ever made, a server on a loopback address belongs to whoever uses the machine: the single-user default.
 */
import type { IncomingMessage } from 'node:http';
import { openAccess, tokens, withAccess, type Database } from '@ritz/database';
import { hostNames, refusedHost } from '@ritz/http';
import { headerOf } from '../http/requestOrigin.ts';
import { credentialsOf, unauthenticated } from './credentials.ts';

/** What one request was granted. */
export interface Grant {
  /** The database as far as this request may see and change it. */
  readonly database: Database;
  /** The id of the token; `null` = nobody had to say who they are. */
  readonly tokenId: string | null;
  /** Asks again, for answers that last: the same grant as of now. Throws RefusedError when the token was revoked. */
  renew(): Promise<Grant>;
}

export interface Authenticator {
  /** @throws RefusedError UNAUTHENTICATED; DatabaseError when the database cannot say. */
  grant(request: IncomingMessage): Promise<Grant>;
  /** The grant of a secret, whatever brought it. */
  grantOf(secret: string): Promise<Grant>;
}

/** For so long, in milliseconds, it is not asked again whether there are tokens. */
const openFor = 1000;

/** @param singleUser whether only this machine can reach the server, so that no tokens need be configured. */
export function createAuthenticator(database: Database, singleUser: boolean): Authenticator {
  let openUntil = 0;

  const isOpen = async (): Promise<boolean> => {
    if (!singleUser) return false;
    if (performance.now() < openUntil) return true;
    if (await tokens.anyMade(database)) return false;
    openUntil = performance.now() + openFor;
    return true;
  };

  const grantOf = async (secret: string): Promise<Grant> => {
    const found = await tokens.recognise(database, secret);
    if (found === null) {
      throw unauthenticated('This token is not known, or was revoked. Make one with `ritz token create`.');
    }
    const { tokenId, ...access } = found;
    return { database: withAccess(database, access), tokenId, renew: () => grantOf(secret) };
  };

  const open: Grant = {
    database: withAccess(database, openAccess),
    tokenId: null,
    renew: async () => {
      if (await isOpen()) return open;
      throw unauthenticated('Tokens were configured meanwhile. Send the header "Authorization: Bearer <token>".');
    },
  };

  return {
    grantOf,
    async grant(request) {
      const credentials = credentialsOf(request);
      if (credentials !== null) return grantOf(credentials.secret);
      if (await isOpen()) {
        const foreign = refusedHost(hostNames(headerOf(request)));
        if (foreign === null) return open;
        throw unauthenticated(
          'This server has no tokens yet, so only this machine may use it, and the request came by a proxy for another host. ' +
            'Make a token with `ritz token create` on the machine of the API.',
        );
      }
      throw unauthenticated(
        'This server asks who you are. Send the header "Authorization: Bearer <token>", or sign in with POST /session. ' +
          '`ritz token create` makes a token.',
      );
    },
  };
}
