/** States of a figure without data: loading, failed, or nothing measured. */
import { ClientError } from '@ritz/client';

export function Waiting({ height }: { readonly height: number }) {
  return (
    <div
      role="status"
      className="grid animate-pulse place-items-center rounded bg-sunken text-[13px] text-muted"
      style={{ height }}
    >
      Loading …
    </div>
  );
}

export interface FailedProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

export function Failed({ error, onRetry }: FailedProps) {
  const message = error instanceof ClientError || error instanceof Error ? error.message : String(error);
  return (
    <div role="alert" className="rounded border border-bad/40 px-4 py-3 text-[13px]">
      <p className="mb-2 break-words">{message}</p>
      <button type="button" className="control" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}

export function NothingMeasured({ children }: { readonly children: string }) {
  return <p className="rounded bg-sunken px-4 py-6 text-center text-[13px] text-muted">{children}</p>;
}
