/**
 * A process that uses the embedded server of a data directory, for tests of several. It obeys lines on its input
 * (`create ID`, `count`, `stop`) and answers each with a line of JSON.
 */
import { createInterface } from 'node:readline';
import { migrate, openDatabase, runs, startEmbeddedPostgres } from '../../dist/index.js';

const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

// What the terminal sends to the whole process group on Ctrl-C; this process ends when it is told to.
process.on('SIGINT', () => say({ interrupted: true }));

try {
  const server = await startEmbeddedPostgres({ dataDirectory: process.argv[2] });
  const database = await openDatabase(server.url);
  await migrate(database);
  say({ url: server.url });
  for await (const line of createInterface({ input: process.stdin })) {
    const [command, id] = line.split(' ');
    if (command === 'create') {
      const { created } = await runs.create(database, {
        id,
        name: 'from a process',
        architecture: 'mlp',
        dataset: 'mnist',
        optimiser: 'sgd',
        schedule: { kind: 'constant', initial: 0.1 },
        seed: 1,
      });
      say({ created });
    } else if (command === 'count') {
      say({ count: (await runs.list(database)).totalCount });
    } else {
      await database.close();
      await server.stop();
      say({ stopped: true });
      break;
    }
  }
  process.exitCode = 0;
} catch (error) {
  say({ error: { code: error.code ?? null, message: error.message } });
  process.exitCode = 1;
}
process.stdin.destroy();
