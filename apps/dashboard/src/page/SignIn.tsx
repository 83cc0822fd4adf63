'use client';
/** Sign-in form. The token is sent once and returns as an httpOnly cookie. */
import { useState } from 'react';
import { useRouter } from 'next/navigation';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Notice } from './Notice.tsx';
import { signIn } from './signIn.ts';

export function SignIn() {
  const [token, setToken] = useState('');
  const router = useRouter();
  const queries = useQueryClient();
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: async () => {
      await queries.invalidateQueries();
      router.refresh();
    },
  });
  return (
    <Notice title="Sign in">
      <p>
        This server requires a token. Ask its administrator to create one with <code>ritz token create</code>.
      </p>
      <form
        className="flex flex-wrap gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          attempt.mutate(token.trim());
        }}
      >
        <input
          type="password"
          aria-label="Token"
          placeholder="Token, ritz_…"
          autoComplete="current-password"
          required
          className="field min-w-0 flex-1"
          value={token}
          onChange={({ target }) => {
            setToken(target.value);
          }}
        />
        <button type="submit" className="control-primary" disabled={attempt.isPending}>
          Sign in
        </button>
      </form>
      {attempt.error && (
        <p role="alert" className="text-bad">
          {attempt.error.message}
        </p>
      )}
    </Notice>
  );
}
