/**
 * Which runs were written to, told once for all tabs of this site: the tab that holds a lock has the stream and passes on what it
 * hears, since a browser opens six connections to a host and every stream takes one.
 */
import { RunsUpdatedDocument } from '@ritz/client';
import { follow, type Follower, type LiveState } from './follow.ts';

/** Ids of runs; empty: some may have been missed. */
export type Writes = readonly string[];

export interface SharedWrites {
  /** Connects again after it has stopped. */
  readonly again: () => void;
  readonly end: () => void;
}

type Message =
  | { readonly kind: 'writes'; readonly ids: Writes }
  | { readonly kind: 'state'; readonly state: LiveState }
  /** A tab that has just begun to listen asks for the state. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'again' };

const sharedName = 'ritz: runs written to';

export function followWrites(follower: Follower<Writes>): SharedWrites {
  // Locks need a secure origin: another has a stream for each tab.
  return 'locks' in navigator && 'BroadcastChannel' in globalThis ? followTogether(follower) : followAlone(follower);
}

function connect({ onEvent, onState }: Follower<Writes>): () => void {
  return follow(
    RunsUpdatedDocument,
    {},
    {
      onEvent: ({ runsUpdated }) => {
        onEvent(runsUpdated);
      },
      onState,
    },
  );
}

function followAlone(follower: Follower<Writes>): SharedWrites {
  let disconnect = connect(follower);
  return {
    again: () => {
      disconnect();
      disconnect = connect(follower);
    },
    end: () => {
      disconnect();
    },
  };
}

function followTogether({ onEvent, onState }: Follower<Writes>): SharedWrites {
  const channel = new BroadcastChannel(sharedName);
  const tell = (message: Message): void => {
    channel.postMessage(message);
  };
  const over = new AbortController();
  let state: LiveState = 'connecting';
  let holding = false;
  let disconnect = (): void => undefined;

  const change = (next: LiveState): void => {
    // What was written before this tab listened is in the data it was loaded with.
    if (!holding && next === 'live' && state === 'connecting') onEvent([]);
    state = next;
    onState(next);
  };
  const hold = (): void => {
    holding = true;
    disconnect();
    disconnect = connect({
      onEvent: (ids) => {
        tell({ kind: 'writes', ids });
        onEvent(ids);
      },
      onState: (next) => {
        tell({ kind: 'state', state: next });
        change(next);
      },
    });
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    switch (data.kind) {
      case 'writes':
        if (!holding) onEvent(data.ids);
        return;
      case 'state':
        if (!holding) change(data.state);
        return;
      case 'hello':
        if (holding) tell({ kind: 'state', state });
        return;
      case 'again':
        if (holding) hold();
        return;
    }
  };
  onState('connecting');
  tell({ kind: 'hello' });
  navigator.locks
    .request(sharedName, { signal: over.signal }, async () => {
      hold();
      await new Promise((release) => {
        over.signal.addEventListener('abort', release);
      });
    })
    .catch(() => undefined); // Given up while another tab held it.
  return {
    again: () => {
      if (holding) hold();
      else tell({ kind: 'again' });
    },
    end: () => {
      over.abort();
      disconnect();
      channel.close();
    },
  };
}
