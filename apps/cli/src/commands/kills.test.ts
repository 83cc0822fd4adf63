/**
 * `ritz up` with a worker, and a training beside it, under `kill -9` of each at random, with a writer that verifies. RITZ_KILLS sets how
 * many kills, each part once unless given: `RITZ_KILLS=50 npx vitest run src/commands/kills.test.ts` in apps/cli prints how long each took.
 */
import path from 'node:path';
import { freePort } from '@ritz/testing';
import { expect, it } from 'vitest';
import { killAndWait, parts, type Kill } from '../testing/kills.ts';
import { dataDirectory, runRitz, startRitz } from '../testing/ritz.ts';
import { measurementsOf, startTrainer, undisturbed } from '../testing/trainer.ts';
import { missing, startWriter } from '../testing/writer.ts';

const kills = Number(process.env['RITZ_KILLS'] ?? parts.length);

it(`loses nothing and comes back by itself, ${kills} times`, { timeout: 240_000 + kills * 60_000 }, async () => {
  const data = dataDirectory();
  const whole = await undisturbed(path.join(path.dirname(data), 'alone'));
  const [port, apiPort] = [await freePort(), await freePort()];
  const environment = { RITZ_DATA: data };
  const began = performance.now();
  const ritz = startRitz(['up', '--workers', '1', '--port', String(port), '--api-port', String(apiPort)], environment);
  await ritz.printed('Ctrl-C stops everything.');
  const start = performance.now() - began;
  const [api, dashboard] = [`http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${port}`];
  const trainer = startTrainer(api, data);
  const stand = { data, api, dashboard, trainer };

  const writer = startWriter(api);
  const done: Kill[] = [];
  while (done.length < kills) {
    // Each part once in a round, in an order of its own each time.
    for (const part of parts.toSorted(() => Math.random() - 0.5).slice(0, kills - done.length)) {
      await writer.next();
      done.push(await killAndWait(stand, part));
    }
  }
  await writer.next();
  const acknowledged = await writer.stop();
  const trained = await trainer.finish();
  if (kills > parts.length)
    console.log(JSON.stringify({ acknowledged: acknowledged.length, trained: trained.length, done }));

  // Fifteen seconds, or three times what a machine so busy needed to start all of it.
  const slowest = Math.max(...done.map(({ milliseconds }) => milliseconds));
  expect(slowest).toBeLessThan(Math.max(15_000, 3 * start));
  expect(acknowledged.length).toBeGreaterThan(kills);
  expect(await missing(api, acknowledged)).toEqual([]);
  const stored = async (run: string) => measurementsOf(await (await fetch(`${api}/export/runs/${run}.jsonl`)).text());
  for (const run of trained) await expect.poll(() => stored(run), { timeout: 120_000, interval: 500 }).toEqual(whole);

  const events = await runRitz(['logs', 'ritz', '--level', 'error', '--json'], environment);
  expect(events.stdout).toContain('was ended by SIGKILL');
  const answer = await fetch(`${api}/graphql?query=${encodeURIComponent('{ projects { id } }')}`);
  const id = answer.headers.get('x-request-id') ?? '';
  await expect
    .poll(async () => (await runRitz(['logs', '--request', id], environment)).stdout)
    .toMatch(new RegExp(`api request method=GET path=/graphql status=200 .*request=${id}`));
  ritz.interrupt();
  expect((await ritz.ended).code).toBe(0);
});
