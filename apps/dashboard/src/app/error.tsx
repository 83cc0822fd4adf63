'use client';
/** A fault of the dashboard itself. */
import { Notice } from '../page/Notice.tsx';

export interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <Notice role="alert" title="The dashboard failed on this page">
      <p>
        This is a fault of the dashboard, not of your data. Its log holds the details
        {error.digest ? ` under ${error.digest}` : ''}.
      </p>
      <p className="break-words">{error.message}</p>
      <button type="button" className="control-primary" onClick={reset}>
        Try again
      </button>
    </Notice>
  );
}
