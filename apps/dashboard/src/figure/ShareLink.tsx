'use client';
/** Copies the URL, which holds all settings of the page. */
import { useState } from 'react';
import { Check, Link2 } from 'lucide-react';

const copiedFor = 1600;

export function ShareLink() {
  const [said, setSaid] = useState('');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      setSaid('Link copied');
    } catch {
      setSaid('Copying is blocked in this browser. Copy the address of the page instead.');
    }
    setTimeout(() => {
      setSaid('');
    }, copiedFor);
  };
  return (
    <span className="inline-flex items-center gap-2">
      <span role="status" className="text-[12px] text-good">
        {said}
      </span>
      <button
        type="button"
        className="control"
        title="A link to this page with its current settings"
        onClick={() => void copy()}
      >
        {said ? <Check className="size-3.5" aria-hidden /> : <Link2 className="size-3.5" aria-hidden />}
        Copy link
      </button>
    </span>
  );
}
