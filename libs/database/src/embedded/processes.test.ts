/** The embedded server among real processes that start together, are killed, or belong to other users. */
import { randomUUID } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { chown, mkdir, stat } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../connection/openDatabase.ts';
import { ClientProcess, type ClientOptions } from '../testing/ClientProcess.ts';
import { serverOf, temporaryDataDirectory } from '../testing/dataDirectory.ts';
import { waitUntilGone } from './postmaster.ts';

function client(dataDirectory: string, options?: ClientOptions): ClientProcess {
  const started = new ClientProcess(dataDirectory, options);
  onTestFinished(() => started.kill());
  return started;
}

async function serverPid(dataDirectory: string): Promise<number> {
  const running = await serverOf(dataDirectory);
  if (running === null) throw new Error('No server runs.');
  return running.pid;
}

test('processes that start at the same instant in an empty directory share one server', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const clients = [1, 2, 3].map(() => client(dataDirectory));
  const urls = await Promise.all(clients.map((one) => one.url()));
  expect(new Set(urls).size).toBe(1);

  const created = await Promise.all(clients.map((one) => one.ask(`create ${randomUUID()}`)));
  expect(created).toEqual([{ created: true }, { created: true }, { created: true }]);
  for (const one of clients) expect(await one.ask('count')).toEqual({ count: 3 });

  const [first, second, third] = clients;
  expect(await first?.ask('stop')).toEqual({ stopped: true });
  expect(await second?.ask('stop')).toEqual({ stopped: true });
  expect(await third?.ask('count')).toEqual({ count: 3 });
  const pid = await serverPid(dataDirectory);
  expect(await third?.ask('stop')).toEqual({ stopped: true });
  expect(await waitUntilGone(pid, 0)).toBe(true);
});

test('the server outlives a killed owner, and the next process joins it', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const owner = client(dataDirectory);
  const url = await owner.url();
  await owner.ask(`create ${randomUUID()}`);
  const pid = await serverPid(dataDirectory);
  await owner.kill();

  const next = client(dataDirectory);
  expect(await next.url()).toBe(url);
  expect(await serverPid(dataDirectory)).toBe(pid);
  expect(await next.ask('count')).toEqual({ count: 1 });
  expect(await next.ask('stop')).toEqual({ stopped: true });
  expect(await serverOf(dataDirectory)).toBeNull();
});

test('when owner and server are killed while writing, every acknowledged row is there afterwards', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const owner = client(dataDirectory);
  await owner.url();
  const pid = await serverPid(dataDirectory);
  let acknowledged = 0;
  const writing = (async () => {
    for (;;) {
      if ((await owner.ask(`create ${randomUUID()}`))['created'] === true) acknowledged++;
    }
  })();
  const failed = writing.catch(() => undefined);
  while (acknowledged < 50) await new Promise((resolve) => setTimeout(resolve, 5));
  process.kill(pid, 'SIGKILL');
  await owner.kill();
  await failed;

  const next = client(dataDirectory);
  await next.url();
  const { count } = await next.ask('count');
  // The last row may have been stored without its answer having arrived.
  expect([acknowledged, acknowledged + 1]).toContain(count);
  expect(await next.ask('stop')).toEqual({ stopped: true });
});

test('a server that is killed in use comes back at the same address, with its rows', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const owner = client(dataDirectory);
  const url = await owner.url();
  await owner.ask(`create ${randomUUID()}`);
  const pid = await serverPid(dataDirectory);
  process.kill(pid, 'SIGKILL');
  await expect
    .poll(async () => (await serverOf(dataDirectory))?.pid ?? pid, { timeout: 30_000, interval: 50 })
    .not.toBe(pid);
  await expect
    .poll(
      () =>
        openDatabase(url).then(
          (database) => database.close().then(() => 'open'),
          () => 'closed',
        ),
      {
        timeout: 30_000,
      },
    )
    .toBe('open');
  expect(await owner.ask('count')).toEqual({ count: 1 });
  expect(await owner.ask('stop')).toEqual({ stopped: true });
  expect(await serverOf(dataDirectory)).toBeNull();
});

test.skipIf(process.platform === 'win32')('Ctrl-C in the terminal does not reach the server', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const owner = client(dataDirectory, { detached: true });
  await owner.url();
  const { pid } = owner.child;
  if (pid === undefined) throw new Error('The process has no number.');
  process.kill(-pid, 'SIGINT');
  expect(await owner.hears()).toEqual({ interrupted: true });
  expect(await owner.ask(`create ${randomUUID()}`)).toEqual({ created: true });
  expect(await owner.ask('stop')).toEqual({ stopped: true });
});

const nobody = { uid: 65534, gid: 65534 };
const stranger = { uid: 54321, gid: 54321 };
const isRoot = process.getuid?.() === 0;
const script = path.join(import.meta.dirname, '../testing/client.mjs');
/** Whether that user can read this checkout at all. */
const canRun = (user: typeof nobody): boolean =>
  isRoot && spawnSync(process.execPath, ['--check', script], user).status === 0;
const canMap = (user: typeof nobody): boolean =>
  isRoot && spawnSync('unshare', ['--user', '--map-user=1', '--map-group=1', 'true'], user).status === 0;

test.runIf(canRun(nobody))("an ordinary user's server serves root as well", async () => {
  const dataDirectory = await temporaryDataDirectory();
  await mkdir(dataDirectory);
  await chown(dataDirectory, nobody.uid, nobody.gid);
  const ordinary = client(dataDirectory, nobody);
  const url = await ordinary.url();
  expect(await ordinary.ask(`create ${randomUUID()}`)).toEqual({ created: true });
  const root = client(dataDirectory);
  expect(await root.url()).toBe(url);
  expect(await ordinary.ask('stop')).toEqual({ stopped: true });
  expect(await root.ask('count')).toEqual({ count: 1 });
  expect(await root.ask('stop')).toEqual({ stopped: true });
  expect(await serverOf(dataDirectory)).toBeNull();

  const again = client(dataDirectory);
  await again.url();
  expect((await stat(`/proc/${await serverPid(dataDirectory)}`)).uid).toBe(nobody.uid);
  expect(await again.ask('count')).toEqual({ count: 1 });
  expect(await again.ask('stop')).toEqual({ stopped: true });
});

test.runIf(canRun(nobody))('without user namespaces root runs the server as an unprivileged user', async () => {
  const dataDirectory = await temporaryDataDirectory();
  const { SUDO_UID: _uid, SUDO_GID: _gid, ...environment } = process.env;
  const root = client(dataDirectory, { env: { ...environment, PATH: '/nonexistent' } });
  await root.url();
  expect((await stat(`/proc/${await serverPid(dataDirectory)}`)).uid).toBe(nobody.uid);
  expect(await root.ask(`create ${randomUUID()}`)).toEqual({ created: true });
  expect(await root.ask('stop')).toEqual({ stopped: true });
  expect(await serverOf(dataDirectory)).toBeNull();
});

test.runIf(canRun(stranger) && canMap(stranger))('a user that the user database does not know can run it', async () => {
  const dataDirectory = await temporaryDataDirectory();
  await mkdir(dataDirectory);
  await chown(dataDirectory, stranger.uid, stranger.gid);
  const one = client(dataDirectory, stranger);
  await one.url();
  expect(await one.ask(`create ${randomUUID()}`)).toEqual({ created: true });
  expect(await one.ask('stop')).toEqual({ stopped: true });
  expect(await serverOf(dataDirectory)).toBeNull();
});

test.runIf(canRun(nobody))("another user's data directory is refused with its name", async () => {
  const dataDirectory = await temporaryDataDirectory();
  const root = client(dataDirectory);
  await root.url();
  const ordinary = client(dataDirectory, nobody);
  const { error } = await ordinary.hears();
  expect(error).toMatchObject({ code: 'DATA_DIRECTORY' });
  expect(JSON.stringify(error)).toContain(dataDirectory);
  expect(await root.ask('stop')).toEqual({ stopped: true });
});
