/** How GraphiQL reaches the API that serves it: queries and mutations by POST, subscriptions over server-sent events. */
import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from '@graphiql/toolkit';
import { getOperationAST, parse } from 'graphql';
import { createClient } from 'graphql-sse';

const post = createGraphiQLFetcher({ url: '/graphql' });
const events = createClient({ url: '/graphql/stream' });

function subscribes({ query, operationName }: FetcherParams): boolean {
  return getOperationAST(parse(query), operationName)?.operation === 'subscription';
}

export const fetcher: Fetcher = (parameters, options) => {
  if (!subscribes(parameters)) return post(parameters, options);
  const { query, operationName, variables } = parameters;
  return events.iterate({ query, variables: { ...variables }, ...(operationName ? { operationName } : {}) });
};
