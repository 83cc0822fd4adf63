/**
 * `ritz up` under `kill -9` of its parts at random, with a writer that verifies. RITZ_KILLS sets how many kills, 6 unless given:
 * `RITZ_KILLS=50 npx vitest run src/commands/kills.test.ts` in apps/cli prints how long each took.
 */
import { freePort } from '@ritz/testing';
import { expect, it } from 'vitest';
import { killAndWait, missing, parts, startWriter, type Kill } from '../testing/kills.ts';
import { dataDirectory, runRitz, startRitz } from '../testing/ritz.ts';

const kills = Number(process.env['RITZ_KILLS'] ?? 6);

it(`loses nothing and comes back by itself, ${kills} times`, { timeout: 60_000 + kills * 60_000 }, async () => {
  const data = dataDirectory();
  const [port, apiPort] = [await freePort(), await freePort()];
  const environment = { RITZ_DATA: data };
  const ritz = startRitz(['up', '--port', String(port), '--api-port', String(apiPort)], environment);
  await ritz.printed('Ctrl-C stops everything.');
  const stand = { data, api: `http://127.0.0.1:${apiPort}`, dashboard: `http://127.0.0.1:${port}` };

  const writer = startWriter(stand.api);
  const done: Kill[] = [];
  while (done.length < kills) {
    // Each part once in three, in an order of its own each time.
    for (const part of parts.toSorted(() => Math.random() - 0.5)) {
      await writer.next();
      done.push(await killAndWait(stand, part));
    }
  }
  await writer.next();
  const acknowledged = await writer.stop();
  if (kills > 6) console.log(JSON.stringify({ acknowledged: acknowledged.length, done }));
  expect(acknowledged.length).toBeGreaterThan(kills);
  expect(await missing(stand.api, acknowledged)).toEqual([]);

  const events = await runRitz(['logs', 'ritz', '--level', 'error', '--json'], environment);
  expect(events.stdout).toContain('was ended by SIGKILL');
  const answer = await fetch(`${stand.api}/graphql?query=${encodeURIComponent('{ projects { id } }')}`);
  const id = answer.headers.get('x-request-id') ?? '';
  await expect
    .poll(async () => (await runRitz(['logs', '--request', id], environment)).stdout)
    .toMatch(new RegExp(`api request method=GET path=/graphql status=200 .*request=${id}`));
  ritz.interrupt();
  expect((await ritz.ended).code).toBe(0);
});
