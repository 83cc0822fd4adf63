/** Reads a config file (YAML, of which JSON is a part) and checks it; what is wrong is said with its place and a way out. */
import { distance } from 'fastest-levenshtein';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { readBytes } from '../data/readBytes.ts';
import { TrainingError } from '../error/TrainingError.ts';
import { configSchema, type Config } from './configSchema.ts';

/**
 * `overrides`: `path.to.key=value` with the value as YAML, on top of the file. Throws a TrainingError: CONFIG_INVALID with one line
 * per fault, DATA_MISSING when the file cannot be read.
 */
export async function readConfig(file: string, overrides: readonly string[] = []): Promise<Config> {
  return parseConfig(file, (await readBytes(file)).toString('utf8'), overrides);
}

/** As readConfig, of a text; `name` is what its faults are reported under. */
export function parseConfig(name: string, content: string, overrides: readonly string[] = []): Config {
  const document = parseDocument(content, { prettyErrors: true });
  const [syntax] = document.errors;
  if (syntax) throw invalid(name, [syntax.message.trim()]);
  if (document.contents === null) throw invalid(name, ['it is empty']);
  for (const override of overrides) {
    const [, path, value] = /^([^=]+)=(.*)$/s.exec(override) ?? [];
    if (path === undefined || value === undefined) {
      throw invalid('--set', [`"${override}" is not of the form path.to.key=value`]);
    }
    const parsed = parseDocument(value);
    if (parsed.errors[0]) throw invalid('--set', [`"${override}": ${parsed.errors[0].message.trim()}`]);
    document.setIn(path.trim().split('.'), parsed.contents);
  }
  const checked = configSchema.safeParse(document.toJS());
  if (checked.success) return checked.data;
  throw invalid(name, checked.error.issues.flatMap(describeIssue));
}

function invalid(name: string, faults: readonly string[]): TrainingError {
  return new TrainingError(
    'CONFIG_INVALID',
    `${name} cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
  );
}

type Issue = z.core.$ZodIssue;

function describeIssue(issue: Issue): string[] {
  const place = issue.path.map(String).join('.') || 'the file';
  if (issue.code !== 'unrecognized_keys') return [`${place}: ${issue.message}`];
  const known = knownKeys(issue.path);
  return issue.keys.map((key) => {
    const full = [...issue.path, key].map(String).join('.');
    const [nearest] = known.toSorted((a, b) => distance(key, a) - distance(key, b));
    const close = nearest !== undefined && distance(key, nearest) <= Math.max(2, key.length / 3);
    return `${full}: unknown key${close ? `; did you mean ${nearest}?` : ` (known here: ${known.join(', ')})`}`;
  });
}

/** The keys that an object at this place may have; of a union, those of all its members. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schemas: z.core.$ZodType[] = [configSchema];
  for (const key of path)
    schemas = schemas.flatMap((schema) => shapes(schema).flatMap((shape) => shape[String(key)] ?? []));
  return [...new Set(schemas.flatMap((schema) => shapes(schema).flatMap((shape) => Object.keys(shape))))];
}

function shapes(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>>[] {
  const { def } = schema._zod;
  if ('innerType' in def) return shapes(def.innerType as z.core.$ZodType);
  if ('options' in def) return (def.options as z.core.$ZodType[]).flatMap(shapes);
  return 'shape' in def ? [def.shape as Readonly<Record<string, z.core.$ZodType>>] : [];
}
