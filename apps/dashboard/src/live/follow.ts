/** Follows a GraphQL subscription over server-sent events through the site's own origin. */
import type { Client } from 'graphql-sse';
import type { TypedDocumentString } from '@ritz/client';
import { backOff } from './backOff.ts';

/** connecting: no event yet; live: receiving events; lost: disconnected and retrying. */
export type LiveState = 'connecting' | 'live' | 'lost';

export interface Follower<Result> {
  readonly onEvent: (data: Result) => void;
  readonly onState: (state: LiveState) => void;
}

const stream = '/graphql/stream';

/**
 * Delivers events until the returned function is called or the server ends the stream (the run was deleted). Reconnects with back-off; the first event after that carries the current state.
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
    onState('lost');
    timer = setTimeout(connect, backOff(attempts++));
  };
  const connect = (): void => {
    // Loaded on demand; failing to load it counts as a lost connection.
    import('graphql-sse').then(({ createClient }) => {
      if (stopped) return;
      // The library's own retries never end and do not report the state.
      client ??= createClient({ url: stream, retryAttempts: 0 });
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
