'use client';
/** Edits of one or more runs; the affected queries are refetched afterwards. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { DeleteRunDocument, TagRunDocument, UpdateRunDocument } from '@ritz/client';
import { request } from '../data/useApi.ts';

export type Edit =
  | { readonly kind: 'archive'; readonly archived: boolean }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'untag'; readonly tag: string }
  | { readonly kind: 'notes'; readonly notes: string | null }
  | { readonly kind: 'delete' };

export interface Edits {
  /** Resolves to true on success; on rejection to false, with the reason in `error`. */
  readonly apply: (ids: readonly string[], edit: Edit) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: Error | null;
}

/** Throws an Error with the API's message. */
async function applyTo(id: string, edit: Edit): Promise<void> {
  const faults = await faultsOf(id, edit);
  const [fault] = faults;
  if (fault) throw new Error(fault.message);
}

async function faultsOf(id: string, edit: Edit): Promise<readonly { readonly message: string }[]> {
  switch (edit.kind) {
    case 'archive':
      return (await request(UpdateRunDocument, { input: { id, archived: edit.archived } })).updateRun.userErrors;
    case 'notes':
      return (await request(UpdateRunDocument, { input: { id, notes: edit.notes } })).updateRun.userErrors;
    case 'tag':
      return (await request(TagRunDocument, { input: { id, add: [edit.tag] } })).tagRun.userErrors;
    case 'untag':
      return (await request(TagRunDocument, { input: { id, remove: [edit.tag] } })).tagRun.userErrors;
    case 'delete':
      return (await request(DeleteRunDocument, { input: { id } })).deleteRun.userErrors;
  }
}

export function useEdits(): Edits {
  const queries = useQueryClient();
  const mutation = useMutation({
    mutationFn: async ({ ids, edit }: { readonly ids: readonly string[]; readonly edit: Edit }) => {
      for (const id of ids) await applyTo(id, edit);
    },
    onSettled: () => queries.invalidateQueries(),
  });
  return {
    apply: (ids, edit) =>
      mutation.mutateAsync({ ids, edit }).then(
        () => true,
        () => false,
      ),
    busy: mutation.isPending,
    error: mutation.error,
  };
}
