/** One page of a list: items with their cursors, and what lies around them. */

export interface Page<Item> {
  readonly items: readonly Item[];
  /** One per item, opaque; pass one as `after` to continue behind it. */
  readonly cursors: readonly string[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Items that match, on all pages. */
  readonly totalCount: number;
}
