'use client';
/** The labels of a run: each can be taken away, and one more given. */
import { useState } from 'react';
import { Plus, X } from 'lucide-react';
import { EditFault } from './EditFault.tsx';
import { useEdits } from './useEdits.ts';

export interface TagsFieldProps {
  readonly id: string;
  readonly tags: readonly string[];
}

export function TagsField({ id, tags }: TagsFieldProps) {
  const { apply, busy, error } = useEdits();
  const [tag, setTag] = useState('');
  const given = tag.trim();
  return (
    <div role="group" aria-label="Tags" className="min-w-0">
      <div className="flex flex-wrap items-center gap-1.5">
        {tags.map((name) => (
          <span key={name} className="inline-flex h-8 max-w-full items-center rounded bg-sunken pl-2.5 text-[13px]">
            <span className="truncate">{name}</span>
            <button
              type="button"
              className="tool"
              aria-label={`Remove the tag ${name}`}
              disabled={busy}
              onClick={() => void apply([id], { kind: 'untag', tag: name })}
            >
              <X className="size-3.5" aria-hidden />
            </button>
          </span>
        ))}
        <form
          className="flex"
          onSubmit={(event) => {
            event.preventDefault();
            if (given === '') return;
            void apply([id], { kind: 'tag', tag: given }).then((done) => {
              if (done) setTag('');
            });
          }}
        >
          <input
            aria-label="New tag"
            placeholder="Add a tag"
            className="field w-28 rounded-r-none!"
            value={tag}
            onChange={({ target }) => {
              setTag(target.value);
            }}
          />
          <button
            type="submit"
            className="control -ml-px w-8 justify-center rounded-l-none! px-0!"
            aria-label="Add the tag"
            disabled={busy || given === ''}
          >
            <Plus className="size-4" aria-hidden />
          </button>
        </form>
      </div>
      <EditFault error={error} />
    </div>
  );
}
