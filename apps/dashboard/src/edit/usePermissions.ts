'use client';
/** What the user's token allows; nothing until it is known. */
import { useQuery } from '@tanstack/react-query';
import { AccessDocument, type AccessQuery } from '@ritz/client';
import { apiQuery } from '../data/useApi.ts';

export interface Permissions {
  /** Tags, notes, archiving. */
  readonly canEdit: boolean;
  readonly canDelete: boolean;
}

const permissions: Readonly<Record<AccessQuery['access']['scope'], Permissions>> = {
  READ: { canEdit: false, canDelete: false },
  WRITE: { canEdit: true, canDelete: false },
  ADMIN: { canEdit: true, canDelete: true },
};

export function usePermissions(): Permissions {
  const { data } = useQuery(apiQuery(AccessDocument, {}, { staleTime: Infinity }));
  return permissions[data?.access.scope ?? 'READ'];
}
