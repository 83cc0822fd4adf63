/** Many steps, each named by run and number, in one condition. */
import { and, eq, inArray, or, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { isUuid } from '@ritz/records';
import type { StepKey } from './Step.ts';

/** A row is at one of the steps; `undefined` when no key could name any. */
export function atSteps(runId: PgColumn, number: PgColumn, keys: readonly StepKey[]): SQL | undefined {
  const numbersOfRun = new Map<string, number[]>();
  for (const key of keys) {
    if (!isUuid(key.runId) || !Number.isInteger(key.number) || Math.abs(key.number) >= 2 ** 31) continue;
    const numbers = numbersOfRun.get(key.runId) ?? [];
    numbersOfRun.set(key.runId, numbers);
    numbers.push(key.number);
  }
  return or(...[...numbersOfRun].map(([run, numbers]) => and(eq(runId, run), inArray(number, numbers))));
}

/** A key as one word. */
export function stepName(runId: string, number: number): string {
  return `${runId.toLowerCase()} ${number}`;
}
