/** Whether what is shown follows what is written. */
import type { LiveState } from './follow.ts';

const LOOK: Readonly<Record<LiveState, { readonly text: string; readonly title: string; readonly look: string }>> = {
  connecting: { text: 'Connecting …', title: 'Live updates are about to begin', look: 'text-muted' },
  live: { text: 'Live', title: 'This page follows what is written', look: 'text-live' },
  lost: {
    text: 'Live updates lost, retrying …',
    title: 'The API does not answer; what is shown may be old. It is tried again by itself.',
    look: 'text-warn',
  },
};

/** Nothing where nothing is followed. */
export function LiveStatus({ state }: { readonly state: LiveState | null }) {
  const { text, title, look } = state ? LOOK[state] : { text: '', title: '', look: '' };
  return (
    <span role="status" aria-label="Live updates" title={title} className={`text-[13px] whitespace-nowrap ${look}`}>
      {text}
    </span>
  );
}
