'use client';
/** Switches between the projects and experiments that runs are listed of. */
import { useQuery } from '@tanstack/react-query';
import { ExperimentNamesDocument } from '@ritz/client';
import { apiQuery } from '../data/useApi.ts';
import type { Filters } from './filters.ts';

export interface PlacePickerProps {
  readonly filters: Pick<Filters, 'project' | 'experiment'>;
  readonly onChange: (change: Pick<Filters, 'project' | 'experiment'>) => void;
}

const look = 'field max-w-52 data-[set=true]:border-accent data-[set=true]:text-accent';

export interface ProjectSelectProps {
  readonly project: string | null;
  readonly onChange: (project: string | null) => void;
}

function usePlaces() {
  return useQuery(apiQuery(ExperimentNamesDocument, {})).data?.projects ?? [];
}

export function ProjectSelect({ project, onChange }: ProjectSelectProps) {
  const names = usePlaces().map(({ name }) => name);
  return (
    <select
      aria-label="Project"
      className={look}
      data-set={project !== null}
      value={project ?? ''}
      onChange={({ target }) => {
        onChange(target.value || null);
      }}
    >
      <option value="">All projects</option>
      {withChosen(names, project).map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

export function PlacePicker({ filters: { project, experiment }, onChange }: PlacePickerProps) {
  const places = usePlaces();
  const experiments = withChosen(
    places.find(({ name }) => name === project)?.experiments.map(({ name }) => name) ?? [],
    experiment,
  );
  return (
    <>
      <ProjectSelect
        project={project}
        onChange={(next) => {
          onChange({ project: next, experiment: null });
        }}
      />
      {project !== null && (
        <select
          aria-label="Experiment"
          className={look}
          data-set={experiment !== null}
          value={experiment ?? ''}
          onChange={({ target }) => {
            onChange({ project, experiment: target.value || null });
          }}
        >
          <option value="">All experiments</option>
          {experiments.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      )}
    </>
  );
}

/** One that the address names is shown even where there is none such. */
function withChosen(names: readonly string[], chosen: string | null): readonly string[] {
  return chosen === null || names.includes(chosen) ? names : [...names, chosen];
}
