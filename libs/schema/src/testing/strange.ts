/** Values that inputs are made of, and many that they are not. */
import fc from 'fast-check';

const literal = [
  null,
  true,
  -1,
  0,
  -0,
  0.5,
  1e308,
  -1.7976931348623157e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  2 ** 53 + 1,
  -(2 ** 31),
  NaN,
  Infinity,
  '',
  ' ',
  '\0',
  '\ud800',
  'NaN',
  '1970-01-01T00:00:00Z',
  '275761-01-01T00:00:00.000Z',
  "'; drop table run; --",
  '<script>alert(1)</script>',
  '%_\\',
  '${x}',
  '💥'.repeat(400),
  'x'.repeat(3000),
  '__proto__',
  'constructor',
  [],
  {},
  [[]],
  [null],
];

export const strange = fc.oneof(
  fc.constantFrom<unknown>(...literal),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.double(),
  fc.integer(),
  fc.array(fc.oneof(fc.double(), fc.constant(null), fc.string({ maxLength: 3 })), { maxLength: 4 }),
  fc.uuid(),
  fc.object({ maxDepth: 2, maxKeys: 3 }),
);

/** A right input with some of its fields, at any depth, replaced, dropped or added. */
export function mangled(input: object): fc.Arbitrary<object> {
  const paths = pathsOf(input);
  const change = fc.record({ path: fc.constantFrom(...paths), value: fc.option(strange, { nil: undefined, freq: 6 }) });
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy = structuredClone(input);
    for (const { path, value } of changes) put(copy, path, value);
    return copy;
  });
}

function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Object.entries(value).slice(0, 12);
  const inner = entries.flatMap(([key, one]: [string, unknown]) => pathsOf(one, [...path, key]));
  return [...(path.length > 0 ? [path] : []), [...path, 'surprise'], ...inner];
}

function put(target: unknown, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (typeof target !== 'object' || target === null || key === undefined) return;
  if (rest.length > 0) put(Reflect.get(target, key), rest, value);
  else if (value === undefined) Reflect.deleteProperty(target, key);
  else Reflect.set(target, key, value);
}
