import net from 'node:net';
import fs from 'node:fs';
import path from 'node:path';
import { type Ended, freePort } from '@ritz/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dataDirectory, runRitz } from './testing/ritz.ts';

const timeout = 120_000;

/** One message on standard error for people: no stack trace, no dump of an object. */
function expectRefusal({ code, stdout, stderr }: Ended, message: string | RegExp): void {
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at |node:internal|\[object/m);
  expect(stdout).toBe('');
  expect(code).toBe(1);
}

async function ports(): Promise<string[]> {
  return ['--api-port', String(await freePort()), '--port', String(await freePort())];
}

describe('ritz refuses', () => {
  it.each([
    [['prove'], "error: unknown command 'prove'"],
    [['up', '--colour'], "error: unknown option '--colour'"],
    [['up', '--port', '70000'], '--port (or RITZ_PORT): expected a port number from 1 to 65535, got "70000".'],
    [['up', '--port', '4000', '--api-port', '4000'], 'both given port 4000: choose two different ports.'],
    [['demo', '--lanczos-steps', '0'], '--lanczos-steps (m, Lanczos steps of each probe): expected an integer from 1'],
    [['demo', '--probes', '-1'], '--probes (k, random start vectors of each spectrum): expected an integer from 1'],
    [['demo', '--images', '60001'], 'expected an integer from 1 to 60000, got "60001"'],
    [['demo', '--steps', 'many'], 'expected an integer from 1 to 1000000, got "many"'],
  ])('%j', async (args, message) => {
    const ended = await runRitz(args);
    expect(ended.stderr).toContain(message);
    expectRefusal(ended, /^(ritz|error): /);
  });

  it('a busy port, naming the service and the option', { timeout }, async () => {
    const other = net.createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as net.AddressInfo).port));
    });
    onTestFinished(() => void other.close());
    for (const [option, service] of [
      ['--port', 'the dashboard'],
      ['--api-port', 'the API'],
    ] as const) {
      const ended = await runRitz(['up', ...(await ports()), option, String(port)], { RITZ_DATA: dataDirectory() });
      expectRefusal(ended, `Port ${port}, which ${service} needs, cannot be used: another program is listening there.`);
      expect(ended.stderr).toContain(`choose another port with ${option}`);
    }
  });

  it('a data directory that cannot be written', { timeout }, async () => {
    const directory = dataDirectory();
    const file = path.join(path.dirname(directory), 'file');
    fs.writeFileSync(file, '');
    const ended = await runRitz(['up', '--no-dashboard', ...(await ports())], { RITZ_DATA: path.join(file, 'data') });
    expectRefusal(ended, /RITZ_DATA/);
    expect(ended.stderr).toContain(path.join(file, 'data'));
  });

  it('a database that cannot be reached, without its password', { timeout }, async () => {
    const environment = { DATABASE_URL: `postgres://ada:secret@127.0.0.1:${await freePort()}/ritz` };
    for (const command of ['up', 'demo']) {
      const ended = await runRitz([command, '--no-dashboard', ...(await ports())], environment);
      expectRefusal(ended, /Cannot reach PostgreSQL at 127\.0\.0\.1:\d+\/ritz as ada: nothing listens there/);
      expect(ended.stderr).not.toContain('secret');
    }
  });

  it('a DATABASE_URL that is none', { timeout }, async () => {
    const ended = await runRitz(['up', '--no-dashboard', ...(await ports())], { DATABASE_URL: 'mysql://here' });
    expectRefusal(ended, /DATABASE_URL/);
  });
});
