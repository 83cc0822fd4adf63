/**
 * Which names a server answers to. A web page can make its own host name resolve to 127.0.0.1 and then read what a local server
 * answers (DNS rebinding); its requests still carry that name in their Host header.
 */
import { isIPv4 } from 'node:net';
import type { HeaderOf, Refusal } from './Refusal.ts';

/** `any`, or the names beside those of the loopback interface, in lower case. */
export type AllowedHosts = 'any' | readonly string[];

/** True for 127.0.0.0/8, ::1 and localhost, with or without brackets. */
export function isLoopback(host: string): boolean {
  const name = unbracketed(host.toLowerCase());
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** The name in the Host header, without its port. No page can make a browser send another one. */
export function hostOf(header: HeaderOf): string {
  return withoutPort(header('host') ?? '');
}

/** The name in the Host header, and those that the proxies in front say they were asked for. */
export function hostNames(header: HeaderOf): string[] {
  const forwarded = (header('x-forwarded-host') ?? '').split(',').map((host) => withoutPort(host.trim()));
  return [hostOf(header), ...forwarded.filter((name) => name !== '')];
}

/** Refuses, with 421, when one of the names is neither allowed nor of the loopback interface. */
export function refusedHost(names: readonly string[], allowed: AllowedHosts = []): Refusal | null {
  if (allowed === 'any') return null;
  const foreign = names.find((name) => !isLoopback(name) && !allowed.includes(name.toLowerCase()));
  if (foreign === undefined) return null;
  const message =
    `Host: expected a loopback name such as 127.0.0.1 or localhost, got ${JSON.stringify(foreign.slice(0, 100))}. ` +
    'Call this server by its own address.';
  return { status: 421, code: 'MISDIRECTED_REQUEST', message };
}

function withoutPort(host: string): string {
  const colon = host.lastIndexOf(':');
  // An IPv6 address stands in brackets, so a colon behind its last bracket begins a port.
  return colon > host.lastIndexOf(']') ? host.slice(0, colon) : host;
}

function unbracketed(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}
