/** Follows a GraphQL subscription over server-sent events through the site's own origin. */
import type { Client } from 'graphql-sse';
import type { TypedDocumentString } from '@ritz/client';
import { backOff } from './backOff.ts';

/** connecting: no event yet; live: receiving events; lost: disconnected and retrying; stopped: not retrying any more. */
export type LiveState = 'connecting' | 'live' | 'lost' | 'stopped';

export interface Follower<Result> {
  readonly onEvent: (data: Result) => void;
  readonly onState: (state: LiveState) => void;
}

const streamPath = '/graphql/stream';

/** Attempts in a row, about a minute: a server that is away for longer was stopped, and is not asked for ever. */
export const mostAttempts = 9;

/**
 * Delivers events until the returned function is called or the server ends the stream. Reconnects with back-off, `mostAttempts`
 * times in a row; the first event after that says that some may have been missed.
 */
export function follow<Result, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  { onEvent, onState }: Follower<Result>,
): () => void {
  let client: Client | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempts = 0;
  let stopped = false;
  let end: () => void = () => undefined;

  const again = (): void => {
    if (stopped) return;
    if (attempts >= mostAttempts) {
      onState('stopped');
      return;
    }
    onState('lost');
    timer = setTimeout(connect, backOff(attempts++));
  };
  const connect = (): void => {
    // Loaded on demand; failing to load it counts as a lost connection.
    import('graphql-sse').then(({ createClient }) => {
      if (stopped) return;
      // The library's own retries never end and do not report the state.
      client ??= createClient({ url: streamPath, retryAttempts: 0 });
      subscribe(client);
    }, again);
  };
  const subscribe = (client: Client): void => {
    let failed = false;
    end = client.subscribe<Result>(
      { query: document.toString(), variables },
      {
        next: ({ data, errors }) => {
          // A revoked token or a server shutting down arrives as the last event.
          failed = !data || (errors?.length ?? 0) > 0;
          if (failed || !data) return;
          attempts = 0;
          onState('live');
          onEvent(data);
        },
        error: again,
        complete: () => {
          if (failed) again();
        },
      },
    );
  };
  onState('connecting');
  connect();
  return () => {
    stopped = true;
    clearTimeout(timer);
    end();
    client?.dispose();
  };
}
