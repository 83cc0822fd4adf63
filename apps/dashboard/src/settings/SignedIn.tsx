'use client';
/** The user's scope and the sign-out button. */
import { useRouter } from 'next/navigation';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { scopes } from './scopes.ts';
import type { Access } from './Access.ts';
import type { Session } from './useSession.ts';

export interface SignedInProps {
  readonly access: Access;
  readonly session: Session | undefined;
}

export function SignedIn({ access, session }: SignedInProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const leave = useMutation({
    mutationFn: async () => {
      const answer = await fetch('/api/session', { method: 'DELETE' });
      if (!answer.ok) throw new Error(`Sign-out failed: the API returned HTTP ${String(answer.status)}.`);
    },
    onSuccess: () => {
      queries.clear();
      router.refresh();
    },
  });
  if (session?.tokenId == null) return null;
  const where = access.project ? `the project ${access.project.name}` : 'every project';
  return (
    <div className="flex flex-wrap items-center gap-3 text-[13px] text-muted sm:ml-auto">
      {leave.error && (
        <span role="alert" className="text-bad">
          {leave.error.message}
        </span>
      )}
      <span>
        Signed in: {scopes[access.scope].does}, in {where}
      </span>
      <button
        type="button"
        className="control"
        disabled={leave.isPending}
        onClick={() => {
          leave.mutate();
        }}
      >
        Sign out
      </button>
    </div>
  );
}
