'use client';
/** The current session, read from the API (its cookie is httpOnly). */
import { useQuery } from '@tanstack/react-query';

export interface Session {
  /** Null when no sign-in is required: there are no tokens. */
  readonly tokenId: string | null;
}

async function whoIsSignedIn({ signal }: { readonly signal: AbortSignal }): Promise<Session> {
  const answer = await fetch('/api/session', { signal });
  if (!answer.ok) throw new Error(`Could not read the session: the API returned HTTP ${String(answer.status)}.`);
  const { tokenId } = (await answer.json()) as { readonly tokenId?: unknown };
  return { tokenId: typeof tokenId === 'string' ? tokenId : null };
}

/** Undefined while loading. */
export function useSession(): Session | undefined {
  return useQuery({ queryKey: ['session'], queryFn: whoIsSignedIn }).data;
}
