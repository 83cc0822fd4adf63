/** Ports that the services listen on: parsed from what the user typed, and checked before anything is started. */
import net from 'node:net';
import { CliError } from '../terminal/cliError.ts';

export interface PortSetting {
  /** What listens there, for messages: `the API`. */
  readonly service: string;
  readonly port: number;
  readonly option: string;
  readonly variable: string;
}

/** Reads a port number; throws a CliError that names the option it came from. */
export function parsePort(text: string, option: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new CliError(`${option}: expected a port number from 1 to 65535, got "${text}".`);
  }
  return port;
}

/** Resolves when the loopback port can be listened on; throws a CliError naming the service, the port and what to do. */
export async function requireFreePort({ service, port, option, variable }: PortSetting): Promise<void> {
  const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const server = net.createServer();
    server.once('error', resolve);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(null)));
  });
  if (failure === null) return;
  const why = failure.code === 'EADDRINUSE' ? 'another program is listening there' : (failure.code ?? failure.message);
  throw new CliError(
    `Port ${port}, which ${service} needs, cannot be used: ${why}. Stop that program, or choose another port with ${option} or ${variable}.`,
  );
}
