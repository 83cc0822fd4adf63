/** The rules that every HTTP server of Ritz applies to a request before it looks at what was asked. */
export { hostNames, hostOf, isLoopback, refusedHost, type AllowedHosts } from './hosts.ts';
export { refusedSite } from './sites.ts';
export type { HeaderOf, Refusal } from './Refusal.ts';
