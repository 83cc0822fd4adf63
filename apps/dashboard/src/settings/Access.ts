/** Who the reader is and what they may do, as the API says. */
import type { AccessQuery } from '@ritz/client';

export type Access = AccessQuery['access'];
