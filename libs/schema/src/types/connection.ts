/** Relay connections, forwards only: pages of at most 100 items with opaque cursors. */
import type { ObjectRef } from '@pothos/core';
import type { Page } from '@ritz/database';
import { badInput } from '../input/badInput.ts';
import { builder, type SchemaTypes } from '../builder.ts';
import { failsAlone, itemsFailAlone } from './semanticNonNull.ts';

export const maxPageLength = 100;
export const defaultPageLength = 50;

/** Returns the page length asked for. Throws BAD_USER_INPUT unless it is 1 to 100. */
export function pageLength(first: number | null | undefined): number {
  const length = first ?? defaultPageLength;
  if (length < 1 || length > maxPageLength) {
    throw badInput(
      `first: got ${String(length)}, expected 1 to ${String(maxPageLength)}. Ask for further pages with \`after\`.`,
    );
  }
  return length;
}

/** What a connection multiplies the cost of its items by. */
export function pageCost({ first }: { first?: number | null | undefined }): { field: number; multiplier: number } {
  return { field: 1, multiplier: Math.min(Math.max(first ?? defaultPageLength, 1), maxPageLength) };
}

interface PageInfoShape {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

const PageInfo = builder.objectRef<PageInfoShape>('PageInfo').implement({
  description: 'Where a page stands in its list.',
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether items follow this page.' }),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage', { description: 'Whether items precede this page.' }),
    startCursor: t.exposeString('startCursor', {
      nullable: true,
      description: 'Cursor of the first item; null on an empty page.',
    }),
    endCursor: t.exposeString('endCursor', {
      nullable: true,
      description: 'Cursor of the last item, to pass as `after` for the next page; null on an empty page.',
    }),
  }),
});

function pageInfo<Item>(page: Page<Item>): PageInfoShape {
  return {
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    startCursor: page.cursors[0] ?? null,
    endCursor: page.cursors.at(-1) ?? null,
  };
}

/** Declares `${name}Connection` and `${name}Edge` over pages of `item`; `many` is its plural in prose. */
export function connectionOf<Item extends object>(name: string, item: ObjectRef<SchemaTypes, Item>, many: string) {
  const edge = builder.objectRef<{ readonly node: Item; readonly cursor: string }>(`${name}Edge`);
  edge.implement({
    description: `One of the ${many} of a page, with its cursor.`,
    fields: (t) => ({
      node: t.field({
        type: item,
        ...failsAlone,
        description: 'The item itself.',
        resolve: ({ node }) => node as never,
      }),
      cursor: t.exposeString('cursor', { description: 'Opaque: pass it as `after` to continue behind this item.' }),
    }),
  });
  return builder.objectRef<Page<Item>>(`${name}Connection`).implement({
    description: `A page of ${many}.`,
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The items with their cursors, in order.',
        complexity: { field: 1, multiplier: 1 },
        resolve: (page) => page.items.map((node, index) => ({ node, cursor: page.cursors[index] ?? '' })),
      }),
      nodes: t.field({
        type: [item],
        ...itemsFailAlone,
        description: 'The items, in order, for those who need no cursors.',
        complexity: { field: 1, multiplier: 1 },
        resolve: (page) => [...page.items] as never,
      }),
      pageInfo: t.field({ type: PageInfo, description: 'Where this page stands in the list.', resolve: pageInfo }),
      totalCount: t.exposeInt('totalCount', { description: `How many ${many} match, on all pages.` }),
    }),
  });
}
