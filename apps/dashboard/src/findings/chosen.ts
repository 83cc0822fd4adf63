/** The selected runs in the URL, and the data requested for each. */
import { CLAIM_LEVELS } from '@ritz/charts';
import { parseAsArrayOf, parseAsString } from 'nuqs/server';
import { FINDING_POINTS } from '../data/lists.ts';

/** Null: all available runs. */
export const chosenParser = parseAsArrayOf(parseAsString);

export const FINDING_VARIABLES = { maxPoints: FINDING_POINTS, ...CLAIM_LEVELS } as const;
