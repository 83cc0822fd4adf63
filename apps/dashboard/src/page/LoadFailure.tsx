'use client';
/** Shown when the API is down, requires a sign-in, or rejected the page's query. */
import { useEffect, useState } from 'react';
import { useRouter } from 'next/navigation';
import { RotateCw } from 'lucide-react';
import { backOff } from '../live/backOff.ts';
import { mostAttempts } from '../live/follow.ts';
import { Notice } from './Notice.tsx';
import { SignIn } from './SignIn.tsx';

export interface LoadFailureProps {
  readonly reason: 'unreachable' | 'unauthenticated' | 'refused';
  readonly message: string;
}

export function LoadFailure({ reason, message }: LoadFailureProps) {
  const router = useRouter();
  const unreachable = reason === 'unreachable';
  const [attempts, setAttempts] = useState(0);
  const stopped = attempts >= mostAttempts;
  useEffect(() => {
    if (!unreachable || stopped) return;
    const timer = setTimeout(() => {
      router.refresh();
      setAttempts(attempts + 1);
    }, backOff(attempts));
    return () => {
      clearTimeout(timer);
    };
  }, [unreachable, stopped, attempts, router]);
  if (reason === 'unauthenticated') return <SignIn />;
  return (
    <Notice role="alert" title={unreachable ? 'The Ritz API is not responding' : 'The Ritz API rejected this request'}>
      {unreachable && (
        <p>
          Stored runs are safe in the database.{' '}
          {stopped ? 'It has not responded for a minute: start it, then try again.' : 'Retrying automatically.'}
        </p>
      )}
      <p className="break-words">
        {message.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
      </p>
      <button
        type="button"
        className="control-primary"
        onClick={() => {
          router.refresh();
          setAttempts(0);
        }}
      >
        <RotateCw className="size-3.5" aria-hidden />
        Try again
      </button>
    </Notice>
  );
}
