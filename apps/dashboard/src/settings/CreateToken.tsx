'use client';
/** Creates a token and shows its secret once. */
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CreateTokenDocument, ProjectsDocument, type TokenScope } from '@ritz/client';
import { EditFault } from '../edit/EditFault.tsx';
import { liveQuery, request } from '../data/useApi.ts';
import { scopes } from './scopes.ts';
import { Secret } from './Secret.tsx';
import type { Access } from './Access.ts';

export interface CreateTokenProps {
  readonly access: Access;
}

interface Wanted {
  readonly name: string;
  readonly scope: TokenScope;
  readonly project: string | null;
}

interface Made {
  readonly name: string;
  readonly secret: string;
}

async function createToken(wanted: Wanted): Promise<Made> {
  const { secret, userErrors } = (await request(CreateTokenDocument, { input: wanted })).createToken;
  const [fault] = userErrors;
  if (fault || secret === null) throw new Error(fault?.message ?? 'The API returned no token.');
  return { name: wanted.name, secret };
}

const scopeNames = Object.keys(scopes) as TokenScope[];

export function CreateToken({ access }: CreateTokenProps) {
  const queries = useQueryClient();
  const projects = useQuery(liveQuery(ProjectsDocument, {})).data?.projects ?? [];
  const [name, setName] = useState('');
  const [scope, setScope] = useState<TokenScope>('WRITE');
  const [project, setProject] = useState<string | null>(access.project?.name ?? null);
  const creation = useMutation({
    mutationFn: createToken,
    onSuccess: async () => {
      setName('');
      await queries.invalidateQueries();
    },
  });
  const given = name.trim();
  return (
    <div className="space-y-3">
      <form
        aria-label="New token"
        className="flex flex-wrap items-end gap-2.5"
        onSubmit={(event) => {
          event.preventDefault();
          if (given === '') return;
          creation.mutate({ name: given, scope, project });
        }}
      >
        <label className="grid gap-1 text-[12.5px] text-muted">
          Name (person or machine)
          <input
            className="field w-56"
            value={name}
            onChange={({ target }) => {
              setName(target.value);
            }}
          />
        </label>
        <label className="grid max-w-full min-w-0 gap-1 text-[12.5px] text-muted">
          Scope
          <select
            className="field w-full min-w-0"
            value={scope}
            onChange={({ target }) => {
              setScope(scopeNames.find((known) => known === target.value) ?? 'READ');
            }}
          >
            {scopeNames.map((one) => (
              <option key={one} value={one}>
                {scopes[one].name}: {scopes[one].does}
              </option>
            ))}
          </select>
        </label>
        <label className="grid gap-1 text-[12.5px] text-muted">
          Project
          <select
            className="field max-w-56"
            value={project ?? ''}
            onChange={({ target }) => {
              setProject(target.value === '' ? null : target.value);
            }}
          >
            {access.project === null && <option value="">every project</option>}
            {projects.map(({ id, name: title }) => (
              <option key={id} value={title}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="control-primary" disabled={creation.isPending || given === ''}>
          Create token
        </button>
      </form>
      <EditFault error={creation.error} />
      {creation.data && (
        <Secret
          {...creation.data}
          onDone={() => {
            creation.reset();
          }}
        />
      )}
    </div>
  );
}
