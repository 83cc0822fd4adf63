/** An access token as its owner and administrators see it. The secret itself is shown once, when it is made. */
import type { TokenScope } from '../schema/token.ts';

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly scope: TokenScope;
  /** `null` = every project. */
  readonly projectId: string | null;
  readonly projectName: string | null;
  readonly createdAt: Date;
  /** To the minute; `null` = never used. */
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewToken {
  /** What it is for, such as the name of a person or a machine. */
  readonly name: string;
  readonly scope: TokenScope;
  /** Name of the one project it is for, created when new; `null` or left out = every project. */
  readonly project?: string | null | undefined;
}
