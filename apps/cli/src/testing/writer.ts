/** A writer that notes what was acknowledged, and finds what of it is missing. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Writer {
  /** Resolves when one more run is acknowledged. */
  next(): Promise<void>;
  /** Ends the writing; resolves with the ids of every run that the API said it stored. */
  stop(): Promise<string[]>;
}

/** Sends runs as fast as they are acknowledged; what was not is sent again, under the same id. */
export function startWriter(api: string): Writer {
  const acknowledged: string[] = [];
  const stopping = new AbortController();
  const write = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const id = randomUUID();
      const line = JSON.stringify({
        ...{ v: 1, kind: 'run', id, name: 'written', architecture: 'mlp', dataset: 'none', optimiser: 'sgd', seed: 1 },
        schedule: { kind: 'CONSTANT', initial: 0.1 },
      });
      while (!(await sent(api, line)) && !stopping.signal.aborted) await sleep(50);
      if (!stopping.signal.aborted) acknowledged.push(id);
    }
  };
  const writing = Promise.all([write(), write(), write()]);
  return {
    async next() {
      const before = acknowledged.length;
      while (acknowledged.length === before) await sleep(20);
    },
    async stop() {
      stopping.abort();
      await writing;
      return acknowledged;
    },
  };
}

async function sent(api: string, line: string): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/x-ndjson' };
    const signal = AbortSignal.timeout(20_000);
    const response = await fetch(`${api}/ingest`, { method: 'POST', headers, body: `${line}\n`, signal });
    return /"status":"(?:CREATED|UNCHANGED)"/.test(await response.text());
  } catch {
    return false;
  }
}

/** Those of the runs that the API does not have. */
export async function missing(api: string, ids: readonly string[]): Promise<string[]> {
  const lost: string[] = [];
  for (let from = 0; from < ids.length; from += 100) {
    const some = ids.slice(from, from + 100);
    const query = 'query($ids: [ID!]) { runs(first: 100, filter: { ids: $ids }) { nodes { id } } }';
    const response = await fetch(`${api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { ids: some } }),
    });
    const { data } = (await response.json()) as { data: { runs: { nodes: { id: string }[] } } };
    const found = new Set(data.runs.nodes.map(({ id }) => id));
    lost.push(...some.filter((id) => !found.has(id)));
  }
  return lost;
}
