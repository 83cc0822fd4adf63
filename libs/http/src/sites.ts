/**
 * Refuses what a page of another web site makes a browser send. Browsers say in `Sec-Fetch-Site` where a request comes from, which
 * no page can change (Fetch Metadata Request Headers, section 2.4), older ones in `Origin`; programs send neither.
 */
import { hostNames } from './hosts.ts';
import type { HeaderOf, Refusal } from './Refusal.ts';

const ownSites: ReadonlySet<string> = new Set(['same-origin', 'none']);

/** A refusal with 403, or `null` when the request comes from this server's own pages or from a program. */
export function refusedSite(header: HeaderOf): Refusal | null {
  if (!isForeign(header)) return null;
  const message = 'This request was made by a page of another web site. Only pages of this server may use it.';
  return { status: 403, code: 'CROSS_SITE', message };
}

function isForeign(header: HeaderOf): boolean {
  const site = header('sec-fetch-site');
  if (site) return !ownSites.has(site);
  const origin = header('origin');
  if (!origin) return false;
  if (!URL.canParse(origin)) return true;
  return !hostNames(header).includes(new URL(origin).hostname);
}
