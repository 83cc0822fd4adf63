'use client';
/** The saved views, and saving and deleting them. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { DeleteViewDocument, SavedViewsDocument, SaveViewDocument, type SavedViewsQuery } from '@ritz/client';
import { apiQuery, request } from '../data/useApi.ts';

type SavedView = SavedViewsQuery['savedViews'][number];

type Change =
  | { readonly kind: 'save'; readonly name: string; readonly address: string }
  | { readonly kind: 'delete'; readonly id: string };

export interface Views {
  /** Null until they have arrived. */
  readonly views: readonly SavedView[] | null;
  /** Resolves to whether it was done; where it was not, `error` says why. */
  readonly change: (change: Change) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: Error | null;
}

async function faultsOf(change: Change): Promise<readonly { readonly message: string }[]> {
  switch (change.kind) {
    case 'save': {
      const { name, address } = change;
      return (await request(SaveViewDocument, { input: { name, address } })).saveView.userErrors;
    }
    case 'delete':
      return (await request(DeleteViewDocument, { input: { id: change.id } })).deleteView.userErrors;
  }
}

export function useViews(): Views {
  const queries = useQueryClient();
  const { data, error } = useQuery(apiQuery(SavedViewsDocument, {}, { staleTime: 0 }));
  const mutation = useMutation({
    mutationFn: async (change: Change) => {
      const [fault] = await faultsOf(change);
      if (fault) throw new Error(fault.message);
    },
    onSettled: () => queries.invalidateQueries({ queryKey: [SavedViewsDocument.toString()] }),
  });
  return {
    views: data?.savedViews ?? null,
    change: (change) =>
      mutation.mutateAsync(change).then(
        () => true,
        () => false,
      ),
    busy: mutation.isPending,
    error: mutation.error ?? error,
  };
}
