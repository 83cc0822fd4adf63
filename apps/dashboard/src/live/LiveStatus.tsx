/** State of the live updates. */
import type { LiveState } from './follow.ts';
import type { Live } from './useWrites.ts';

const looks: Readonly<Record<LiveState, { readonly text: string; readonly title: string; readonly look: string }>> = {
  connecting: { text: 'Connecting …', title: 'Connecting to live updates', look: 'text-muted' },
  live: { text: 'Live', title: 'This page updates as data arrives', look: 'text-live' },
  lost: {
    text: 'Live updates lost, retrying …',
    title: 'The API isn’t responding, so this page may be out of date. Retrying automatically.',
    look: 'text-warn',
  },
  stopped: {
    text: 'Disconnected.',
    title: 'The API has not responded for a minute, so this page may be out of date. Start it with “ritz up”.',
    look: 'text-bad',
  },
};

/** Renders nothing when nothing is followed. */
export function LiveStatus({ live: { state, again } }: { readonly live: Live }) {
  const { text, title, look } = state ? looks[state] : { text: '', title: '', look: '' };
  return (
    <span className="inline-flex items-center gap-2">
      <span role="status" aria-label="Live updates" title={title} className={`text-[13px] whitespace-nowrap ${look}`}>
        {text}
      </span>
      {state === 'stopped' && (
        <button type="button" className="control" onClick={again}>
          Reconnect
        </button>
      )}
    </span>
  );
}
