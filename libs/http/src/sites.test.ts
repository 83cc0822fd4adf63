import { expect, it } from 'vitest';
import { refusedSite } from './sites.ts';

it.each([
  ['a program', {}, false],
  ['a page of this server', { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' }, false],
  ['a link that was typed', { host: 'localhost:3000', 'sec-fetch-site': 'none' }, false],
  ['a page of another site', { host: 'localhost:3000', 'sec-fetch-site': 'cross-site' }, true],
  ['a page of another port', { host: 'localhost:3000', 'sec-fetch-site': 'same-site' }, true],
  ['an old browser on this server', { host: 'localhost:3000', origin: 'http://localhost:3000' }, false],
  ['an old browser on another site', { host: 'localhost:3000', origin: 'https://evil.example' }, true],
  ['a sandboxed frame', { host: 'localhost:3000', origin: 'null' }, true],
  ['behind a proxy', { host: 'up', 'x-forwarded-host': 'ritz.example', origin: 'https://ritz.example' }, false],
])('%s', (_who, headers: Readonly<Record<string, string>>, refused) => {
  expect(refusedSite((name) => headers[name]) !== null).toBe(refused);
});
