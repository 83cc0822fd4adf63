/** What the holder of a connection may do: one scope, in one project or in all of them. */
import type { TokenScope } from '@ritz/records';

export interface Access {
  /** `read`: see. `write`: also create and record. `admin`: also delete, and create or revoke tokens. */
  readonly scope: TokenScope;
  /** The one project that exists for this holder; `null` = all of them. */
  readonly project: { readonly id: string; readonly name: string } | null;
  /** Nobody said who they are: whoever reaches the server is taken for its one user. Makes no tokens. */
  readonly anonymous?: true;
}

/** The access of whoever has the database itself: everything. */
export const fullAccess: Access = { scope: 'admin', project: null };

/** The access over HTTP where there are no tokens: everything but making the first one. */
export const openAccess: Access = { ...fullAccess, anonymous: true };
