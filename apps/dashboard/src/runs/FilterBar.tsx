'use client';
/** Filters of the runs table: search words and one selector per setting. */
import { useQuery } from '@tanstack/react-query';
import { RunGroupsDocument } from '@ritz/client';
import { apiQuery } from '../data/useApi.ts';
import { isFiltered, runFilter, schedules, type Filters } from './filters.ts';
import { batchNorms, statuses } from './settingWords.ts';
import { PlacePicker } from './PlacePicker.tsx';
import { WhereField } from './WhereField.tsx';

export interface FilterBarProps {
  readonly filters: Filters;
  readonly onChange: (change: Partial<Filters> | null) => void;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

function Pick(props: {
  readonly label: string;
  readonly value: string | null;
  readonly options: readonly Option[];
  readonly onPick: (value: string | null) => void;
}) {
  const { label, value, options, onPick } = props;
  return (
    <select
      aria-label={label}
      className="field max-w-44 data-[set=true]:border-accent data-[set=true]:text-accent"
      data-set={value !== null}
      value={value ?? ''}
      onChange={({ target }) => {
        onPick(target.value || null);
      }}
    >
      <option value="">{label}: any</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

const words = (value: string): string => value.toLowerCase().replaceAll('_', '-');
const asOptions = (values: readonly string[]): Option[] => values.map((value) => ({ value, label: words(value) }));

function oneOf<Value extends string>(values: readonly Value[], value: string | null): Value | null {
  return values.find((known) => known === value) ?? null;
}

export function FilterBar({ filters, onChange }: FilterBarProps) {
  const others = { ...filters, architecture: null };
  const groups = useQuery(apiQuery(RunGroupsDocument, { by: ['ARCHITECTURE'], filter: runFilter(others) })).data;
  const architectures = (groups?.runGroups ?? []).flatMap(({ architecture, count }) =>
    architecture === null ? [] : [{ value: architecture, label: `${architecture} (${String(count)})` }],
  );
  const { architecture } = filters;
  if (architecture !== null && !architectures.some(({ value }) => value === architecture)) {
    architectures.push({ value: architecture, label: architecture });
  }
  return (
    <div className="flex flex-wrap items-center gap-2" role="search" aria-label="Filter runs">
      <input
        type="search"
        aria-label="Search runs"
        placeholder="Search name, architecture, data, tags"
        className="field w-full sm:w-72"
        value={filters.q}
        onChange={({ target }) => {
          onChange({ q: target.value });
        }}
      />
      <WhereField
        where={filters.where}
        onChange={(where) => {
          onChange({ where });
        }}
      />
      <PlacePicker filters={filters} onChange={onChange} />
      <Pick
        label="Architecture"
        value={architecture}
        options={architectures}
        onPick={(value) => {
          onChange({ architecture: value });
        }}
      />
      <Pick
        label="Batch norm"
        value={filters.batchNorm}
        options={asOptions(batchNorms)}
        onPick={(value) => {
          onChange({ batchNorm: oneOf(batchNorms, value) });
        }}
      />
      <Pick
        label="Residual"
        value={filters.residual === null ? null : String(filters.residual)}
        options={[
          { value: 'true', label: 'with' },
          { value: 'false', label: 'without' },
        ]}
        onPick={(value) => {
          onChange({ residual: value === null ? null : value === 'true' });
        }}
      />
      <Pick
        label="Schedule"
        value={filters.schedule}
        options={asOptions(schedules)}
        onPick={(value) => {
          onChange({ schedule: oneOf(schedules, value) });
        }}
      />
      <Pick
        label="Status"
        value={filters.status}
        options={asOptions(statuses)}
        onPick={(value) => {
          onChange({ status: oneOf(statuses, value) });
        }}
      />
      <button
        type="button"
        className="control"
        aria-pressed={filters.archived}
        onClick={() => {
          onChange({ archived: !filters.archived });
        }}
      >
        Archived
      </button>
      {isFiltered(filters) && (
        <button
          type="button"
          className="control"
          onClick={() => {
            onChange(null);
          }}
        >
          Clear
        </button>
      )}
    </div>
  );
}
