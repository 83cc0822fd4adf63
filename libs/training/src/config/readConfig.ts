/** Reads a config file (YAML, of which JSON is a part) and checks it; errors name the place and the remedy. */
import { isCollection, parseDocument, type Document } from 'yaml';
import { readBytes } from '../data/readBytes.ts';
import { TrainingError } from '../error/TrainingError.ts';
import { configFaults } from './configFaults.ts';
import { configSchema, type Config } from './configSchema.ts';
import { spectraFaults } from './spectrumPlan.ts';

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
    setIn(document, path.trim().split('.'), parsed.contents, override);
  }
  const given: unknown = document.toJS();
  const checked = configSchema.safeParse(given);
  if (!checked.success) throw invalid(name, configFaults(checked.error.issues, given));
  const faults = spectraFaults(checked.data);
  if (faults.length > 0) throw invalid(name, faults);
  return checked.data;
}

/** An override must be inside a mapping. */
function setIn(document: Document, path: readonly string[], value: unknown, override: string): void {
  for (let length = 1; length < path.length; length++) {
    const above = path.slice(0, length);
    const found = document.getIn(above);
    if (found !== undefined && found !== null && !isCollection(found)) {
      throw invalid('--set', [`"${override}": ${above.join('.')} is a value, which has no keys`]);
    }
  }
  if (!isCollection(document.contents)) throw invalid('--set', [`"${override}": the file holds no keys`]);
  document.setIn(path, value);
}

function invalid(name: string, faults: readonly string[]): TrainingError {
  return new TrainingError('CONFIG_INVALID', `${name} is invalid:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
}
