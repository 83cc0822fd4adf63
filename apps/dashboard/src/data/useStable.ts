'use client';
/** Returns a referentially stable array while its items are unchanged. */
import { useState } from 'react';

export function useStable<Item>(items: readonly Item[]): readonly Item[] {
  const [kept, keep] = useState(items);
  if (kept === items) return kept;
  if (kept.length === items.length && kept.every((item, index) => Object.is(item, items[index]))) return kept;
  keep(items);
  return items;
}
