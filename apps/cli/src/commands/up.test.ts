import { randomUUID } from 'node:crypto';
import net from 'node:net';
import { freePort } from '@ritz/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { dataDirectory, processesOf, startRitz, untilNoProcess, type RunningRitz } from '../testing/ritz.ts';

const timeout = 120_000;

interface Served {
  readonly ritz: RunningRitz;
  readonly url: string;
}

async function serve(data: string, port: number): Promise<Served> {
  const ritz = startRitz(['up', '--no-dashboard', '--api-port', String(port)], { RITZ_DATA: data });
  await ritz.printed('Ctrl-C stops everything.');
  return { ritz, url: `http://127.0.0.1:${port}/graphql` };
}

/** Data and errors of the answer, without what it says of its cost. */
async function ask(url: string, query: string, variables: object = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { extensions: _, ...rest } = (await answer.json()) as Record<string, unknown>;
  return rest;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

describe('ritz up', () => {
  let port: number;
  beforeAll(async () => {
    port = await freePort();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'serves until %s, then ends with 0 and leaves nothing',
    { timeout },
    async (signal) => {
      const data = dataDirectory();
      const { ritz, url } = await serve(data, port);
      expect(await ask(url, '{ runs(first: 1) { totalCount } }')).toEqual({ data: { runs: { totalCount: 0 } } });
      expect(processesOf(data).length).toBeGreaterThanOrEqual(3); // ritz, the API, PostgreSQL
      if (signal === 'SIGINT') ritz.interrupt();
      else process.kill(ritz.pid, signal);
      expect((await ritz.ended).code).toBe(0);
      expect(processesOf(data)).toEqual([]);
      expect(await isListening(port)).toBe(false);
    },
  );

  it('killed in the middle, leaves no process either, and starts again with what was stored', { timeout }, async () => {
    const data = dataDirectory();
    const first = await serve(data, port);
    const id = randomUUID();
    const create = `mutation ($input: CreateRunInput!) { createRun(input: $input) { created userErrors { message } } }`;
    const input = {
      id,
      name: 'kept',
      project: 'test',
      experiment: 'test',
      architecture: 'mlp',
      dataset: 'none',
      optimiser: 'sgd',
      schedule: { kind: 'CONSTANT', initial: 0.1 },
      seed: 1,
      classes: 2,
      parameterCount: 3,
    };
    expect(await ask(first.url, create, { input })).toEqual({ data: { createRun: { created: true, userErrors: [] } } });
    process.kill(first.ritz.pid, 'SIGKILL');
    await untilNoProcess(data);

    const second = await serve(data, port);
    expect(await ask(second.url, `{ run(id: "${id}") { name } }`)).toEqual({ data: { run: { name: 'kept' } } });
    second.ritz.interrupt();
    expect((await second.ritz.ended).code).toBe(0);
  });

  it('started twice at once, refuses the second and goes on', { timeout }, async () => {
    const data = dataDirectory();
    const { ritz, url } = await serve(data, port);
    const second = await startRitz(['up', '--no-dashboard', '--api-port', String(port)], { RITZ_DATA: data }).ended;
    expect(second.stderr).toContain(`Port ${port}, which the API needs, cannot be used`);
    expect(second.code).toBe(1);
    expect(await ask(url, '{ runs(first: 1) { totalCount } }')).toMatchObject({ data: { runs: { totalCount: 0 } } });
    ritz.interrupt();
    expect((await ritz.ended).code).toBe(0);
  });
});
