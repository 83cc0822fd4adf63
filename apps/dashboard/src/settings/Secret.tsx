'use client';
/** Shows the secret of a new token for copying. */
import { useState } from 'react';
import { Check, Copy } from 'lucide-react';

export interface SecretProps {
  readonly name: string;
  readonly secret: string;
  /** Called once the secret was stored elsewhere. */
  readonly onDone: () => void;
}

export function Secret({ name, secret, onDone }: SecretProps) {
  const [copied, setCopied] = useState<'yes' | 'refused' | null>(null);
  const copy = async (): Promise<void> => {
    try {
      // Undefined on plain HTTP from another machine.
      await navigator.clipboard.writeText(secret);
      setCopied('yes');
    } catch {
      setCopied('refused');
    }
  };
  return (
    <div role="status" aria-label="The new token" className="max-w-3xl rounded border border-accent px-4 py-3">
      <p className="mb-2 text-[13px]">
        <strong className="font-semibold">The token {name}.</strong> Copy it now: it is stored nowhere and never shown
        again.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <code className="min-w-0 rounded bg-sunken px-2 py-1.5 font-mono text-[13px] break-all">{secret}</code>
        <button type="button" className="control" onClick={() => void copy()}>
          {copied === 'yes' ? <Check className="size-3.5" aria-hidden /> : <Copy className="size-3.5" aria-hidden />}
          {copied === 'yes' ? 'Copied' : 'Copy'}
        </button>
        <button type="button" className="control" onClick={onDone}>
          Done
        </button>
      </div>
      {copied === 'refused' && (
        <p className="mt-2 text-[13px] text-warn">
          Copying is blocked in this browser. Select the token and copy it manually.
        </p>
      )}
    </div>
  );
}
