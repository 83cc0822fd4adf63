/**
 * Which runs, or jobs, were written to, by any process: the notifications of a channel, on one connection that is opened for
 * the first listener and closed after the last.
 */
import { Client } from 'pg';

/** Channels of the triggers (see the migrations); the payload is the id of the run or job that was written to. */
export type ChangeChannel = 'ritz_run' | 'ritz_job';

/** Waits between attempts to reach a server that went away, in milliseconds: doubling, up to the last. */
const firstPause = 100;
const longestPause = 5_000;

/** Told the run that was written to, or nothing where writes may have been missed. */
type Listener = (runId?: string) => void;

/** The key of those who listen to every run: no UUID. */
const everyRun = '*';

export interface RunChanges {
  /**
   * Resolves once changes are listened for; from then on yields after every write to the run, several quick ones once.
   * Yields too when the connection was lost and is back, for a write may have been missed. Ends when `signal` aborts or the
   * database is closed.
   * @throws DatabaseError UNREACHABLE when listening cannot start.
   */
  of(runId: string, signal?: AbortSignal): Promise<AsyncIterableIterator<void>>;
  /**
   * The same for every run: yields the ids of those written to since the last time, an empty set when a write may have been
   * missed.
   */
  all(signal?: AbortSignal): Promise<AsyncIterableIterator<ReadonlySet<string>>>;
  close(): Promise<void>;
}

/** @param translate turns what the driver throws into the error of this package. */
export function runChanges(url: string, channel: ChangeChannel, translate: (error: unknown) => Error): RunChanges {
  const listeners = new Map<string, Set<Listener>>();
  const enders = new Set<() => void>();
  let connection: Promise<Client> | null = null;
  let live: Client | null = null;
  let retry: NodeJS.Timeout | undefined;
  let closed = false;

  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString: url, keepAlive: true, application_name: 'ritz changes' });
    client.on('notification', ({ payload = '' }) => {
      for (const key of [payload, everyRun]) listeners.get(key)?.forEach((listener) => listener(payload));
    });
    // Called for an error and again for the end of it; one that never came up or was given up has no one to tell.
    const onLost = (): void => {
      if (live !== client) return;
      live = null;
      connection = null;
      if (!closed && listeners.size > 0) reconnect(firstPause);
    };
    client.on('error', onLost);
    client.on('end', onLost);
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    live = client;
    return client;
  };

  const reconnect = (pause: number): void => {
    retry = setTimeout(() => {
      if (closed || listeners.size === 0) return;
      open().then(
        () => listeners.forEach((set) => set.forEach((listener) => listener())),
        () => reconnect(Math.min(2 * pause, longestPause)),
      );
    }, pause);
    retry.unref();
  };

  const open = (): Promise<Client> => {
    const opening = (connection ??= connect());
    opening.catch(() => {
      if (connection === opening) connection = null;
    });
    return opening;
  };

  const disconnect = async (): Promise<void> => {
    const open = connection;
    connection = null;
    clearTimeout(retry);
    const client = await open?.catch(() => undefined);
    if (live === client) live = null;
    await client?.end().catch(() => undefined);
  };

  /** What `take` makes of the writes to the runs of `key` each time there were any. */
  const listen = async <Value>(
    key: string,
    note: Listener,
    take: () => Value,
    signal?: AbortSignal,
  ): Promise<AsyncIterableIterator<Value>> => {
    const state = { pending: false, ended: closed || (signal?.aborted ?? false), wake: (): void => undefined };
    const notice: Listener = (runId) => {
      note(runId);
      state.pending = true;
      state.wake();
    };
    const end = (): void => {
      if (state.ended) return;
      state.ended = true;
      const set = listeners.get(key);
      set?.delete(notice);
      if (set?.size === 0) listeners.delete(key);
      enders.delete(end);
      signal?.removeEventListener('abort', end);
      state.wake();
      if (listeners.size === 0) void disconnect();
    };
    if (!state.ended) {
      listeners.set(key, (listeners.get(key) ?? new Set<Listener>()).add(notice));
      enders.add(end);
      signal?.addEventListener('abort', end);
      try {
        await open();
      } catch (error) {
        end();
        throw translate(error);
      }
    }
    const iterator: AsyncIterableIterator<Value> = {
      [Symbol.asyncIterator]: () => iterator,
      async next() {
        while (!state.pending && !state.ended) await new Promise<void>((resolve) => (state.wake = resolve));
        if (state.ended) return { done: true, value: undefined };
        state.pending = false;
        return { done: false, value: take() };
      },
      async return() {
        end();
        return { done: true, value: undefined };
      },
    };
    return iterator;
  };

  return {
    of: (runId, signal) =>
      listen(
        runId.toLowerCase(),
        () => undefined,
        () => undefined,
        signal,
      ),
    all(signal) {
      let written = new Set<string>();
      let missed = false;
      const note: Listener = (runId) => {
        if (runId === undefined) missed = true;
        else written.add(runId);
      };
      const take = (): ReadonlySet<string> => {
        const taken = missed ? new Set<string>() : written;
        written = new Set();
        missed = false;
        return taken;
      };
      return listen(everyRun, note, take, signal);
    },
    async close() {
      closed = true;
      for (const end of [...enders]) end();
      await disconnect();
    },
  };
}
