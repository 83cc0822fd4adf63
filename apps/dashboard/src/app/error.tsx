'use client';
/** An unexpected error of the dashboard. */
import { Notice } from '../page/Notice.tsx';

export interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <Notice role="alert" title="The dashboard crashed on this page">
      <p>
        This is a bug in the dashboard; your data is unaffected. Its log has the details
        {error.digest ? ` under ${error.digest}` : ''}.
      </p>
      <p className="break-words">{error.message}</p>
      <button type="button" className="control-primary" onClick={reset}>
        Try again
      </button>
    </Notice>
  );
}
