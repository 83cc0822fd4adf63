/** The services of docker/compose.yaml, started from the built folders and used. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { jobs, openDatabase, startEmbeddedPostgres, type Database } from '@ritz/database';
import { Container, type Result } from './Container.ts';
import type { Image } from './image.ts';

/** A run whose one spectrum is queued for the worker. */
const training = {
  ...{ name: 'rehearsal', steps: 2, batchSize: 50, testExamples: 100 },
  architecture: { kind: 'mlp', hidden: [5] },
  data: { kind: 'mnist' },
  schedule: { kind: 'constant', rate: 0.1 },
  spectra: { steps: [2], examples: 60, lanczosSteps: 8, probes: 3 },
};
const patienceMs = 120_000;

/** Starts API, dashboard and worker on a new PostgreSQL and uses each. Throws an Error at the first failure. */
export async function rehearsePlatform(
  images: readonly Image[],
  built: ReadonlyMap<string, string>,
  folder: string,
): Promise<void> {
  const dataDirectory = path.join(folder, 'postgres');
  await mkdir(dataDirectory);
  await chmod(dataDirectory, 0o755);
  const server = await startEmbeddedPostgres({ dataDirectory });
  const database = await openDatabase(server.url);
  const started: Container[] = [];
  const contain = (name: string, variables: Record<string, string>, port: number | null): Container => {
    const image = images.find((one) => one.name === name);
    const place = built.get(name);
    if (!image || place === undefined) throw new Error(`There is no image ${name}.`);
    const container = new Container(image, place, variables, port);
    started.push(container);
    return container;
  };
  const databaseUrl = server.url;
  try {
    const apiPort = await freePort();
    const ritzApiUrl = `http://127.0.0.1:${apiPort}`;
    const [worker, api] = [
      contain('worker', { DATABASE_URL: databaseUrl }, null),
      contain('api', { DATABASE_URL: databaseUrl }, apiPort),
    ];
    failed(await api.refuses(), /token/i);
    say('api', 'refuses to start without a token');
    const secret = succeeded(await worker.execute('token', 'create', '--name', 'me', '--scope', 'admin')).stdout.trim();
    check(/^\S{20,}$/.test(secret), `Expected a token, got "${secret}".`);
    say('worker', '`token create` prints a token');
    await becomesHealthy('api', api);
    await answers('api', `${ritzApiUrl}/graphql`, { authorization: `Bearer ${secret}` });
    const dashboardPort = await freePort();
    const dashboard = contain('dashboard', { RITZ_API_URL: ritzApiUrl }, dashboardPort);
    await becomesHealthy('dashboard', dashboard);
    await shows(`http://127.0.0.1:${dashboardPort}`, secret);
    await becomesHealthy('worker', worker);
    await measures(database, worker, ritzApiUrl, secret, folder);
    for (const [name, container] of Object.entries({ worker, dashboard, api })) {
      const result = await container.stop();
      say(name, `ends with ${result?.code ?? 'the signal'} on SIGTERM`);
    }
  } finally {
    for (const container of started) await container.stop();
    await database.close();
    await server.stop();
  }
}

function say(what: string, outcome: string): void {
  console.log(`ok  ${what}: ${outcome}`);
}

async function becomesHealthy(name: string, container: Container): Promise<void> {
  check(!(await container.isHealthy()), `The health check of ${name} succeeds before it is started.`);
  const began = performance.now();
  container.start();
  await container.untilHealthy();
  say(name, `healthy after ${((performance.now() - began) / 1000).toFixed(0)} s, not before`);
}

/** With the headers of somebody who is known, and without. */
async function answers(name: string, url: string, known: Record<string, string>): Promise<void> {
  const ask = (headers: Record<string, string>): Promise<Response> =>
    post(url, { query: '{ workers { name } }' }, headers);
  const response = await ask(known);
  const text = await response.text();
  check(response.ok && !text.includes('"errors"'), `${url} answers ${response.status}: ${text}`);
  const denied = await ask({});
  check(denied.status === 401, `Without a token ${url} answers ${denied.status}.`);
  say(name, 'answers a query with the token, 401 without');
}

/** A page with one of its scripts, and the way of a browser through it to the API. */
async function shows(url: string, token: string): Promise<void> {
  const page = await fetch(url);
  const text = await page.text();
  check(page.ok && text.includes('</html>'), `The dashboard answers ${page.status}: ${text.slice(0, 300)}`);
  const [script = ''] = /\/_next\/static\/[^"]+\.js/.exec(text) ?? [];
  const { ok } = await fetch(url + script);
  check(script !== '' && ok, `The dashboard does not have its script "${script}".`);
  say('dashboard', 'shows its page and has its script');
  const session = await post(`${url}/api/session`, { token });
  const [cookie = ''] = session.headers.getSetCookie().map((header) => header.split(';')[0] ?? '');
  await answers('dashboard', `${url}/api/graphql`, { cookie });
}

function post(url: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  const all = { 'content-type': 'application/json', ...headers };
  return fetch(url, { method: 'POST', headers: all, body: JSON.stringify(body) });
}

async function measures(
  database: Database,
  worker: Container,
  api: string,
  secret: string,
  folder: string,
): Promise<void> {
  const file = path.join(folder, 'run.json');
  await writeFile(file, JSON.stringify(training));
  succeeded(await worker.execute('train', file, '--spectra', 'queue', '--url', api, '--token', secret));
  for (const began = performance.now(); ; await sleep(500)) {
    const { items } = await jobs.list(database);
    const [job] = items;
    if (items.length === 1 && job?.status === 'finished') break;
    const late = performance.now() - began > patienceMs;
    check(!late && job?.status !== 'failed', `The spectrum is ${job?.status ?? 'not there'}: ${job?.failure ?? ''}`);
  }
  say('worker', 'measured the spectrum that `ritz train --spectra queue` of the same image queued');
}

function check(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

function succeeded(result: Result): Result {
  check(result.code === 0, `Ended with ${result.code ?? 'a signal'}:\n${result.stdout}${result.stderr}`);
  return result;
}

function failed(result: Result, expected: RegExp): Result {
  check(result.code === 1 && expected.test(result.stderr), `Expected ${expected.source}, got:\n${result.stderr}`);
  return result;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The system provided no free port.');
  return address.port;
}
