'use client';
/** Shown when the API is down, requires a sign-in, or rejected the page's query. */
import { useRouter } from 'next/navigation';
import { RotateCw } from 'lucide-react';
import { Notice } from './Notice.tsx';
import { SignIn } from './SignIn.tsx';

export interface LoadFailureProps {
  readonly reason: 'unreachable' | 'unauthenticated' | 'refused';
  readonly message: string;
}

export function LoadFailure({ reason, message }: LoadFailureProps) {
  const router = useRouter();
  if (reason === 'unauthenticated') return <SignIn />;
  const unreachable = reason === 'unreachable';
  return (
    <Notice role="alert" title={unreachable ? 'The Ritz API is not responding' : 'The Ritz API rejected this request'}>
      {unreachable && <p>Stored runs are safe in the database.</p>}
      <p className="break-words">
        {message.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
      </p>
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
