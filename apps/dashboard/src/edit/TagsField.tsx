'use client';
/** The tags of a run, with controls to add and remove them. */
import { X } from 'lucide-react';
import { EditFault } from './EditFault.tsx';
import { TagForm } from './TagForm.tsx';
import { useEdits } from './useEdits.ts';
import { usePermissions } from './usePermissions.ts';

export interface TagsFieldProps {
  readonly id: string;
  readonly tags: readonly string[];
}

export function TagsField({ id, tags }: TagsFieldProps) {
  const { apply, busy, error } = useEdits();
  const { canEdit } = usePermissions();
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
              disabled={busy || !canEdit}
              onClick={() => void apply([id], { kind: 'untag', tag: name })}
            >
              <X className="size-3.5" aria-hidden />
            </button>
          </span>
        ))}
        {canEdit && (
          <TagForm
            label="New tag"
            placeholder="Add a tag"
            busy={busy}
            onAdd={(tag) => apply([id], { kind: 'tag', tag })}
          />
        )}
      </div>
      <EditFault error={error} />
    </div>
  );
}
