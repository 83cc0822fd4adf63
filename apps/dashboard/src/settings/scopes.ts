/** Token scopes in words. */
import type { TokenScope } from '@ritz/client';

export const scopes: Readonly<Record<TokenScope, { readonly name: string; readonly does: string }>> = {
  READ: { name: 'Read', does: 'may see' },
  WRITE: { name: 'Write', does: 'may see and record' },
  ADMIN: { name: 'Admin', does: 'may see, record, delete, and manage tokens' },
};
