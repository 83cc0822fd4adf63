/** Typed client of the Ritz GraphQL API, generated from `schema.graphql`: operations as values, one function to send them. */
export { createClient, type Client, type ClientOptions, type RequestOptions } from './createClient.ts';
export { ClientError, type ClientErrorCode, type ClientErrorDetails } from './ClientError.ts';
export { standaloneQuery } from './standaloneQuery.ts';
export * from './generated/graphql.ts';
export * from './generated/names.ts';
