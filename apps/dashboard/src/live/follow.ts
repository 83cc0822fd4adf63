/** Follows a subscription over server-sent events, through this site's own origin, for as long as one wants. */
import type { Client } from 'graphql-sse';
import type { TypedDocumentString } from '@ritz/client';
import { backOff } from './backOff.ts';

/** connecting: nothing has come yet; live: events come; lost: the connection broke and is tried again. */
export type LiveState = 'connecting' | 'live' | 'lost';

export interface Follower<Result> {
  readonly onEvent: (data: Result) => void;
  readonly onState: (state: LiveState) => void;
}

const STREAM = '/graphql/stream';

/**
 * Events until the function that it returns is called, or the server ends the stream (the run was deleted). What breaks is
 * tried again, with growing pauses; the first event after it tells how things stand.
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
    // Not part of the page's first load. A part of the page that does not come is a lost connection like any other.
    import('graphql-sse').then(({ createClient }) => {
      if (stopped) return;
      // This library's own retries would go on for ever with the state untold.
      client ??= createClient({ url: STREAM, retryAttempts: 0 });
      subscribe(client);
    }, again);
  };
  const subscribe = (client: Client): void => {
    let failed = false;
    end = client.subscribe<Result>(
      { query: document.toString(), variables },
      {
        next: ({ data, errors }) => {
          // A revoked token, or a server that is going down: told as the last event.
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
