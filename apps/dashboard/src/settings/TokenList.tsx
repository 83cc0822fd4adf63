'use client';
/** All tokens, revoked ones last. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RevokeTokenDocument, type TokensQuery } from '@ritz/client';
import { Confirm } from '../edit/Confirm.tsx';
import { EditFault } from '../edit/EditFault.tsx';
import { request } from '../data/useApi.ts';
import { DataTable } from './DataTable.tsx';
import { formatTime } from './format.ts';
import { scopes } from './scopes.ts';

type Token = TokensQuery['tokens'][number];

export interface TokenListProps {
  readonly tokens: readonly Token[];
  /** Id of the token the user is signed in with. */
  readonly own: string | null;
}

async function revoke(id: string): Promise<void> {
  const [fault] = (await request(RevokeTokenDocument, { input: { id } })).revokeToken.userErrors;
  if (fault) throw new Error(fault.message);
}

/** Further consequences of revoking it. */
function warning(token: Token, { tokens, own }: TokenListProps): string | null {
  const others = tokens.filter(({ id, scope, revokedAt }) => id !== token.id && scope === 'ADMIN' && !revokedAt);
  if (token.scope === 'ADMIN' && others.length === 0) {
    return 'It is the last token that can manage tokens. Afterwards, new ones can only be created with `ritz token create` on the API’s machine.';
  }
  return token.id === own ? 'You are signed in with this token and will have to sign in again.' : null;
}

export function TokenList(props: TokenListProps) {
  const { tokens, own } = props;
  const queries = useQueryClient();
  const revocation = useMutation({ mutationFn: revoke, onSettled: () => queries.invalidateQueries() });
  const listed = [...tokens].sort((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null));
  return (
    <>
      <EditFault error={revocation.error} />
      <DataTable
        label="Access tokens"
        columns={[
          { name: 'Name' },
          { name: 'Scope' },
          { name: 'Project' },
          { name: 'Created (UTC)' },
          { name: 'Last used (UTC)', title: 'To the minute' },
          { name: 'State' },
        ]}
        rows={listed.map((token) => ({
          key: token.id,
          faded: token.revokedAt !== null,
          cells: [
            <>
              {token.name}
              {token.id === own && <span className="ml-2 font-normal text-muted">(yours)</span>}
            </>,
            <span key="scope" title={scopes[token.scope].does}>
              {scopes[token.scope].name}
            </span>,
            token.projectName ?? 'every project',
            formatTime(token.createdAt),
            token.lastUsedAt === null ? 'never' : formatTime(token.lastUsedAt),
            token.revokedAt === null ? (
              <Confirm
                key="state"
                trigger="Revoke"
                label={`Revoke ${token.name}`}
                title={`Revoke the token ${token.name}?`}
                action="Revoke"
                disabled={revocation.isPending}
                onConfirm={() => {
                  revocation.mutate(token.id);
                }}
              >
                <p>Requests with this token are rejected immediately. You can create a new token at any time.</p>
                {warning(token, props) !== null && <p className="text-warn">{warning(token, props)}</p>}
              </Confirm>
            ) : (
              `revoked ${formatTime(token.revokedAt)}`
            ),
          ],
        }))}
      />
    </>
  );
}
