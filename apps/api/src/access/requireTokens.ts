/** No server that other machines can reach without somebody having said who may read and write. */
import { tokens, type Database } from '@ritz/database';
import { ApiError } from '../apiError.ts';

/** Throws ApiError HOST_REFUSED when there is no token that can be used. */
export async function requireTokens(host: string, database: Database): Promise<void> {
  if (await tokens.anyUsable(database)) return;
  throw new ApiError(
    'HOST_REFUSED',
    `RITZ_HOST: got ${JSON.stringify(host)}, which other machines can reach, and there are no tokens to tell who may read ` +
      'or write. Make one with `ritz token create`, or use a loopback address such as 127.0.0.1.',
  );
}
