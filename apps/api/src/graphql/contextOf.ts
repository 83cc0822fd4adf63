/** The context of one request: its rights, and a budget that ends with its connection. */
import type { ServerResponse } from 'node:http';
import { createBudget, createContext, type BudgetLimits, type RequestContext } from '@ritz/schema';
import type { Grant } from '../access/authenticator.ts';

/** What is computed for a client that is gone stops at the next list, load or computation. */
export function contextOf({ database }: Grant, response: ServerResponse, limits: BudgetLimits): RequestContext {
  const budget = createBudget(limits);
  response.once('close', () => budget.end());
  if (response.destroyed) budget.end();
  return createContext(database, { budget });
}
