'use client';
/** The API is down, or refused what a page asked it for. */
import { useRouter } from 'next/navigation';
import { RotateCw } from 'lucide-react';
import { Notice } from './Notice.tsx';

export interface LoadFailureProps {
  readonly message: string;
  readonly unreachable: boolean;
}

export function LoadFailure({ message, unreachable }: LoadFailureProps) {
  const router = useRouter();
  return (
    <Notice role="alert" title={unreachable ? 'The Ritz API does not answer' : 'The Ritz API refused this'}>
      {unreachable && (
        <p>
          Nothing is lost: runs are stored in the database. Start Ritz with <code>npm start</code> in its folder, then
          try again.
        </p>
      )}
      <p className="break-words">{message}</p>
      <button
        type="button"
        className="control-primary"
        onClick={() => {
          router.refresh();
        }}
      >
        <RotateCw className="size-3.5" aria-hidden />
        Try again
      </button>
    </Notice>
  );
}
