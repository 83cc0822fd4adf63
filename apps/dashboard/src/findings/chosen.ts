/** The selected runs in the URL, and the data requested for each. */
import { claimLevels } from '@ritz/charts';
import { parseAsArrayOf, parseAsString } from 'nuqs/server';
import { findingPoints } from '../data/lists.ts';

/** Null: all available runs. */
export const chosenParser = parseAsArrayOf(parseAsString);

export const findingVariables = { maxPoints: findingPoints, ...claimLevels } as const;
