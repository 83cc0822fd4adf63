/** A run as a comparison loads it. */
import type { CompareRunsQuery } from '@ritz/client';

export type ComparedRun = CompareRunsQuery['runs']['nodes'][number];
