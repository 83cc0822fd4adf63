'use client';
/** Who is signed in, as the API knows it by the cookie that no script can read. */
import { useQuery } from '@tanstack/react-query';

export interface Session {
  /** Null = nobody has to say who they are: there are no tokens. */
  readonly tokenId: string | null;
}

async function whoIsSignedIn({ signal }: { readonly signal: AbortSignal }): Promise<Session> {
  const answer = await fetch('/api/session', { signal });
  if (!answer.ok) throw new Error(`The API does not say who is signed in: HTTP ${String(answer.status)}.`);
  const { tokenId } = (await answer.json()) as { readonly tokenId?: unknown };
  return { tokenId: typeof tokenId === 'string' ? tokenId : null };
}

/** Undefined until it is known. */
export function useSession(): Session | undefined {
  return useQuery({ queryKey: ['session'], queryFn: whoIsSignedIn }).data;
}
