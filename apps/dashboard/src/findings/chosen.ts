/** Which runs the claims are held against, as the address says it, and what is asked of each. */
import { CLAIM_LEVELS } from '@ritz/charts';
import { parseAsArrayOf, parseAsString } from 'nuqs/server';
import { FINDING_POINTS } from '../query/lists.ts';

/** Null = all that can be chosen. */
export const chosenParser = parseAsArrayOf(parseAsString);

export const FINDING_VARIABLES = { maxPoints: FINDING_POINTS, ...CLAIM_LEVELS } as const;
