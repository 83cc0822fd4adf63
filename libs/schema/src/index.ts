/** The GraphQL schema of Ritz: what can be asked and written, executed on @ritz/database and @ritz/spectra. */
export { printedSchema, schema } from './schema.ts';
export { BudgetError, bytesInUse, createBudget, type Budget, type BudgetLimits } from './request/budget.ts';
export { createContext, type ContextOptions, type RequestContext } from './request/context.ts';
export { blockTraces } from './run/blockTraces.ts';
export { finishedAnswer } from './request/answer.ts';
export { AnswerRows } from './request/rows.ts';
export { summariseMissing } from './request/summaries.ts';
export { assertWithinLimits, maxQueryTokens, queryLimits, queryCost, type QueryCost } from './request/limits.ts';
