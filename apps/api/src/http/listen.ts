/** Starts listening, or says in words why not. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError } from '../apiError.ts';

/**
 * Resolves with the address that clients use, such as `http://127.0.0.1:4000`. Port 0 takes any free one.
 * Throws ApiError PORT_IN_USE, PORT_REFUSED or HOST_REFUSED.
 */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explain(error, host, port)));
    server.listen({ host: host.replace(/^\[|\]$/g, ''), port }, () => resolve());
  });
  const { address, family, port: actual } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${String(actual)}`;
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const shown = String(port);
  switch (error.code) {
    case 'EADDRINUSE':
      return new ApiError(
        'PORT_IN_USE',
        `Port ${shown} on ${host} is used by another program. Stop that program, or set RITZ_API_PORT to a free port.`,
        { cause: error },
      );
    case 'EACCES':
      return new ApiError(
        'PORT_REFUSED',
        `Port ${shown} on ${host} may not be used by this account. Set RITZ_API_PORT to a free port above 1023.`,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ApiError('HOST_REFUSED', `RITZ_HOST: ${host} is not an address of this machine. Use 127.0.0.1.`, {
        cause: error,
      });
    default:
      return error;
  }
}
