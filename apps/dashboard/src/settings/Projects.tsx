'use client';
/** Lists projects with their sizes and creates new ones. */
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { formatNumber } from '@ritz/charts';
import { CreateProjectDocument, ProjectsDocument } from '@ritz/client';
import { EditFault } from '../edit/EditFault.tsx';
import { Failed, Waiting } from '../figure/FigureState.tsx';
import { liveQuery, request } from '../data/useApi.ts';
import { DataTable } from './DataTable.tsx';
import { formatTime } from './format.ts';
import { Section } from './Section.tsx';
import type { Access } from './Access.ts';

/** Resolves to a sentence that says what was done. */
async function createProject(name: string): Promise<string> {
  const { created, userErrors } = (await request(CreateProjectDocument, { input: { name } })).createProject;
  const [fault] = userErrors;
  if (fault) throw new Error(fault.message);
  return created ? `The project ${name} was created.` : `The project ${name} already exists.`;
}

export function Projects({ access }: { readonly access: Access }) {
  const { data, error, refetch } = useQuery(liveQuery(ProjectsDocument, {}));
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const creation = useMutation({
    mutationFn: createProject,
    onSuccess: async () => {
      setName('');
      await queries.invalidateQueries();
    },
  });
  const mayCreate = access.scope !== 'READ' && access.project === null;
  const wanted = name.trim();
  return (
    <Section
      title="Projects"
      about="Projects group runs. Recording a run in a new project creates it; create one here to issue tokens for it first."
    >
      {error && <Failed error={error} onRetry={() => void refetch()} />}
      {!error && !data && <Waiting height={120} />}
      {data && data.projects.length === 0 && <p className="text-[13px] text-muted">No projects yet.</p>}
      {data && data.projects.length > 0 && (
        <DataTable
          label="Projects"
          columns={[
            { name: 'Project' },
            { name: 'Runs', right: true },
            { name: 'Archived', right: true, title: 'Archived runs in this project' },
            { name: 'Spectra', right: true },
            { name: 'Created (UTC)' },
          ]}
          rows={data.projects.map(({ id, name: title, runCount, archivedRunCount, spectrumCount, createdAt }) => ({
            key: id,
            cells: [
              title,
              formatNumber(runCount),
              formatNumber(archivedRunCount),
              formatNumber(spectrumCount),
              formatTime(createdAt),
            ],
          }))}
        />
      )}
      {mayCreate && (
        <form
          className="flex flex-wrap items-center gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (wanted !== '') creation.mutate(wanted);
          }}
        >
          <input
            aria-label="Name of the new project"
            placeholder="Name"
            className="field w-56"
            value={name}
            onChange={({ target }) => {
              setName(target.value);
            }}
          />
          <button type="submit" className="control" disabled={creation.isPending || wanted === ''}>
            Create project
          </button>
          {creation.data !== undefined && (
            <span role="status" className="text-[13px] text-muted">
              {creation.data}
            </span>
          )}
        </form>
      )}
      <EditFault error={creation.error} />
    </Section>
  );
}
