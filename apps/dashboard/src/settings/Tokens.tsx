'use client';
/** Lists, creates and revokes access tokens. */
import { useQuery } from '@tanstack/react-query';
import { TokensDocument } from '@ritz/client';
import { Failed, Waiting } from '../figure/FigureState.tsx';
import { liveQuery } from '../data/useApi.ts';
import { CreateToken } from './CreateToken.tsx';
import { NoTokens } from './NoTokens.tsx';
import { Section } from './Section.tsx';
import type { Access } from './Access.ts';
import { TokenList } from './TokenList.tsx';
import type { Session } from './useSession.ts';

export interface TokensProps {
  readonly access: Access;
  readonly session: Session | undefined;
}

export function Tokens({ access, session }: TokensProps) {
  const admin = access.scope === 'ADMIN';
  const { data, error, refetch } = useQuery({ ...liveQuery(TokensDocument, {}), enabled: admin });
  const tokens = data?.tokens;
  // No sign-in was required: no token exists.
  const open = session?.tokenId === null;
  return (
    <Section
      title="Access tokens"
      about="A token grants access: programs send it with every request, people sign in with it. Only its hash is stored."
    >
      {!admin && (
        <p className="text-[13px] text-muted">
          Managing tokens requires the Admin scope. Ask your administrator, or run{' '}
          <code className="font-mono text-ink">ritz token create</code> on the API’s machine.
        </p>
      )}
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {admin && !error && (!tokens || !session) && <Waiting height={120} />}
      {tokens && session && (
        <>
          {open && <NoTokens />}
          {tokens.length > 0 && <TokenList tokens={tokens} own={session.tokenId} />}
          {!open && <CreateToken access={access} />}
        </>
      )}
    </Section>
  );
}
