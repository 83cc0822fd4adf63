/** Places that few requests can have at a time, so that no one client has them all. */
import type { Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import { RefusedError } from '../http/fault.ts';
import { grantOf } from './grants.ts';

export interface ShareLimits {
  /** What the places are for, in the plural. */
  readonly what: string;
  /** The code of a refusal. */
  readonly code: string;
  readonly total: number;
  /** Of one token; where there are none, of one address. */
  readonly each: number;
}

/** Takes a place for the request and returns how to give it back, which counts once. Throws RefusedError 503 or 429. */
export type TakeShare = (request: Request) => () => void;

export function shares({ what, code, total, each }: ShareLimits): TakeShare {
  const taken = new Map<string, number>();
  let all = 0;
  return (request) => {
    const holder = grantOf(request).tokenId ?? ipKeyGenerator(request.ip ?? '');
    const own = taken.get(holder) ?? 0;
    const retry = 'Close some, or try again in a few seconds.';
    if (own >= each) {
      const message = `${String(each)} ${what} are open for this client already. ${retry}`;
      throw new RefusedError({ status: 429, code, message, retryAfter: 5 });
    }
    if (all >= total) {
      const message = `This server has ${String(total)} ${what} open already. ${retry}`;
      throw new RefusedError({ status: 503, code, message, retryAfter: 5 });
    }
    taken.set(holder, own + 1);
    all++;
    let back = false;
    return () => {
      if (back) return;
      back = true;
      all--;
      const left = (taken.get(holder) ?? 1) - 1;
      if (left === 0) taken.delete(holder);
      else taken.set(holder, left);
    };
  };
}
