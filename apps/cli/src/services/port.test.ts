import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parsePort, requireFreePort } from './port.ts';

describe('parsePort', () => {
  it('reads a port number', () => expect(parsePort('3000', '--port')).toBe(3000));
  it.each(['0', '65536', 'http', '', '3.5'])('refuses "%s" and names the option', (text) => {
    expect(() => parsePort(text, '--port')).toThrow(`--port: expected a port number from 1 to 65535, got "${text}".`);
  });
});

describe('requireFreePort', () => {
  const server = net.createServer();
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('names the busy port, who needs it and how to choose another', async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const setting = { service: 'the API', port: address.port, option: '--api-port', variable: 'RITZ_API_PORT' };
    await expect(requireFreePort(setting)).rejects.toThrow(
      `Port ${address.port}, which the API needs, cannot be used: another program is listening there. ` +
        'Stop that program, or choose another port with --api-port or RITZ_API_PORT.',
    );
    await new Promise((resolve) => server.close(resolve));
    await expect(requireFreePort(setting)).resolves.toBeUndefined();
  });
});
