'use client';
/** Lists the saved views of this page, and saves the address that is shown. */
import { useState } from 'react';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { Trash2 } from 'lucide-react';
import { EditFault } from '../edit/EditFault.tsx';
import { usePermissions } from '../edit/usePermissions.ts';
import { useViews } from './useViews.ts';

export function ViewsList() {
  const { views, change, busy, error } = useViews();
  const { canEdit } = usePermissions();
  const path = usePathname();
  useSearchParams();
  // As it was written; the line above renders this again when it changes.
  const address = path + window.location.search;
  const [name, setName] = useState('');
  const here = views?.filter((view) => new URL(view.address, 'http://ritz').pathname === path);
  const replaces = here?.some((view) => view.name === name.trim()) ?? false;
  return (
    <div className="space-y-2.5">
      {here?.length === 0 && <p className="text-muted">No saved views of this page yet.</p>}
      {here && here.length > 0 && (
        <ul aria-label="Saved views" className="-mx-1 space-y-0.5">
          {here.map((view) => (
            <li key={view.id} className="flex items-center gap-1 rounded px-1 hover:bg-sunken">
              <Link
                href={view.address}
                aria-current={view.address === address ? 'true' : undefined}
                className="min-w-0 flex-1 truncate py-1 text-accent aria-[current=true]:font-semibold"
              >
                <bdi>{view.name}</bdi>
              </Link>
              {canEdit && (
                <button
                  type="button"
                  className="tool"
                  aria-label={`Delete the view ${view.name}`}
                  title="Delete this view"
                  disabled={busy}
                  onClick={() => void change({ kind: 'delete', id: view.id })}
                >
                  <Trash2 className="size-3.5" aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {canEdit && (
        <form
          className="flex gap-2 border-t border-line pt-2.5"
          onSubmit={(event) => {
            event.preventDefault();
            void change({ kind: 'save', name: name.trim(), address }).then((done) => {
              if (done) setName('');
            });
          }}
        >
          <input
            aria-label="Name of this view"
            placeholder="Name of this view"
            className="field min-w-0 flex-1"
            value={name}
            onChange={({ target }) => {
              setName(target.value);
            }}
          />
          <button type="submit" className="control-primary" disabled={busy || name.trim() === ''}>
            {replaces ? 'Replace' : 'Save'}
          </button>
        </form>
      )}
      <EditFault error={error} />
    </div>
  );
}
