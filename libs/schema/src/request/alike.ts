/** Batches of loaders whose keys differ in what they want. */

/** One call of `read` for all keys that want the same; answers in the order of the keys. */
export async function alike<Key, Wanted, Answer>(
  keys: readonly Key[],
  wantedOf: (key: Key) => Wanted,
  read: (keys: readonly Key[], wanted: Wanted) => Promise<readonly Answer[]>,
): Promise<Answer[]> {
  const groups = new Map<string, Key[]>();
  for (const key of keys) {
    const name = JSON.stringify(wantedOf(key));
    const group = groups.get(name) ?? [];
    group.push(key);
    groups.set(name, group);
  }
  const found = new Map<Key, Answer>();
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    const answers = await read(group, wantedOf(first));
    group.forEach((key, at) => found.set(key, answers[at] as Answer));
  }
  return keys.map((key) => found.get(key) as Answer);
}
