/** A client of the GraphQL API: one function that sends a typed document and resolves to its typed data. */
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { TypedDocumentString } from './generated/graphql.ts';
import { ClientError } from './ClientError.ts';
import { readAnswer } from './readAnswer.ts';

export interface ClientOptions {
  /** Address of the GraphQL endpoint: `http://127.0.0.1:4000/graphql`, or a path of the same origin in a browser. */
  readonly url: string;
  /** Access token, sent with every request; needed where the API asks for one. */
  readonly token?: string | undefined;
  /** The platform's `fetch` unless given. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface RequestOptions {
  /** Aborting rejects with the signal's reason, not with a ClientError. */
  readonly signal?: AbortSignal | undefined;
}

/** A document of this package, or one of your own, typed by gql.tada or GraphQL Code Generator. */
type Document<Result, Variables> = TypedDocumentString<Result, Variables> | TypedDocumentNode<Result, Variables>;

export interface Client {
  /**
   * Sends one operation.
   * @throws ClientError UNREACHABLE, HTTP or GRAPHQL; the signal's reason when aborted
   */
  request<Result, Variables>(
    document: Document<Result, Variables>,
    variables: Variables,
    options?: RequestOptions,
  ): Promise<Result>;
}

/** Makes a client; nothing is sent before the first request. */
export function createClient(options: ClientOptions): Client {
  const { url, token, fetch = globalThis.fetch } = options;
  return {
    async request(document, variables, { signal } = {}) {
      let response: Response;
      try {
        response = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/graphql-response+json, application/json',
            ...(token ? { authorization: `Bearer ${token}` } : {}),
          },
          body: JSON.stringify({ query: textOf(document), variables }),
          ...(signal ? { signal } : {}),
        });
      } catch (cause) {
        signal?.throwIfAborted();
        throw new ClientError('UNREACHABLE', `The Ritz API does not answer at ${url}. ${startIt}`, { cause });
      }
      return readAnswer(url, response, signal);
    },
  };
}

/** The text that is sent; a document of this package is its own text. */
function textOf<Result, Variables>(document: Document<Result, Variables>): string {
  return document instanceof TypedDocumentString ? document.toString() : print(document);
}

const startIt = 'Start it with `npm start` (or `npm run demo`), or check the address.';
