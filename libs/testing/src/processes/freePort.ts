/** Ports for servers that a test starts. */
import net from 'node:net';

/** A port of the loopback interface that nobody listened on just now. */
export async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The loopback interface gave no port.');
  return address.port;
}
