/** State of the live updates. */
import type { LiveState } from './follow.ts';

const looks: Readonly<Record<LiveState, { readonly text: string; readonly title: string; readonly look: string }>> = {
  connecting: { text: 'Connecting …', title: 'Connecting to live updates', look: 'text-muted' },
  live: { text: 'Live', title: 'This page updates as data arrives', look: 'text-live' },
  lost: {
    text: 'Live updates lost, retrying …',
    title: 'The API isn’t responding, so this page may be out of date. Retrying automatically.',
    look: 'text-warn',
  },
};

/** Renders nothing when no subscription is active. */
export function LiveStatus({ state }: { readonly state: LiveState | null }) {
  const { text, title, look } = state ? looks[state] : { text: '', title: '', look: '' };
  return (
    <span role="status" aria-label="Live updates" title={title} className={`text-[13px] whitespace-nowrap ${look}`}>
      {text}
    </span>
  );
}
