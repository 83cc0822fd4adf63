import { describe, expect, it } from 'vitest';
import { hostNames, isLoopback, refusedHost } from './hosts.ts';

const headers = (values: Readonly<Record<string, string>>) => (name: string) => values[name];

describe('a loopback name', () => {
  it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.9.9.9', '::1', '[::1]'])('is %s', (host) =>
    expect(isLoopback(host)).toBe(true),
  );
  it.each(['', 'localhost.example', '127.0.0.1.example', '128.0.0.1', '0.0.0.0', '[::2]'])('is not %j', (host) =>
    expect(isLoopback(host)).toBe(false),
  );
});

describe('the host that a request names', () => {
  it.each([
    [{ host: 'localhost:3000' }, ['localhost']],
    [{ host: '[::1]:3000' }, ['[::1]']],
    [{ host: '[::1]' }, ['[::1]']],
    [{ host: 'a.example', 'x-forwarded-host': 'b.example:443, c.example' }, ['a.example', 'b.example', 'c.example']],
    [{}, ['']],
  ])('%j', (given, names) => expect(hostNames(headers(given))).toEqual(names));

  it('is refused unless it is this machine, or allowed', () => {
    expect(refusedHost(['127.0.0.1'])).toBeNull();
    expect(refusedHost([''])).toMatchObject({ status: 421 });
    expect(refusedHost(['localhost', 'evil.example'])).toMatchObject({
      status: 421,
      message: expect.stringContaining('"evil.example"') as unknown,
    });
    expect(refusedHost(['Ritz.example'], ['ritz.example'])).toBeNull();
    expect(refusedHost(['evil.example'], ['ritz.example'])).not.toBeNull();
    expect(refusedHost(['evil.example'], 'any')).toBeNull();
  });
});
