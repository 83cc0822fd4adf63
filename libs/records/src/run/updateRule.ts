/** The update rule of a run, read from what was recorded of its optimiser: the settings of its config, or the words. */
import type { UpdateRule } from '@ritz/spectra';
import type { Json } from './config.ts';
import type { RunValues } from './run.ts';

export type RecordedRule =
  /** `assumed`: what was not recorded, and was taken to be as usual. */
  { readonly rule: UpdateRule; readonly assumed: readonly string[] } | { readonly reason: string };

/** What was recorded, by names in lower case without separators: `weightdecay`. */
type Settings = ReadonlyMap<string, number | boolean>;

/**
 * From `config.optimiser` where that is an object with a `kind`, as `ritz train` and many others write it; else from the words, such as
 * "SGD, momentum 0.9" and "adamw(betas=(0.9, 0.95), weight_decay=0.1)".
 */
export function updateRuleOf({ optimiser, config }: Pick<RunValues, 'optimiser' | 'config'>): RecordedRule {
  const given = config['optimiser'];
  if (typeof given === 'object' && given !== null && 'kind' in given && typeof given.kind === 'string') {
    return ruleOf(given.kind, settingsOf(given));
  }
  const kind = /^\s*(gradient descent|[a-z]+)/i.exec(optimiser)?.[1] ?? '';
  return ruleOf(kind, settingsIn(optimiser.slice(kind.length)));
}

function normal(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function settingsOf(given: Readonly<Record<string, Json>>): Settings {
  const entries = Object.entries(given).flatMap(([name, value]): [string, number | boolean][] => {
    if (typeof value === 'number' || typeof value === 'boolean') return [[normal(name), value]];
    return name === 'betas' && Array.isArray(value) && typeof value[0] === 'number' ? [['beta1', value[0]]] : [];
  });
  return new Map(entries);
}

/** `name=value`, `name value` and `betas=(0.9, 0.999)`; a bare "nesterov" is true. */
function settingsIn(words: string): Settings {
  const found = new Map<string, number | boolean>();
  if (/\bnesterov\b/i.test(words)) found.set('nesterov', true);
  let opened = '';
  for (const part of words.split(/[,;()[\]]/)) {
    const said = part.trim();
    const cut = Math.max(...['=', ' ', ':'].map((separator) => said.lastIndexOf(separator)));
    const value = valueIn(said.slice(cut + 1));
    const label = normal(cut < 0 ? opened : said.slice(0, cut));
    opened = value === null ? said : '';
    if (value !== null && label !== '') found.set(names[label] ?? label, value);
  }
  return found;
}

/** Other spellings. */
const names: Readonly<Record<string, string>> = { betas: 'beta1', nesterovmomentum: 'momentum' };

function valueIn(text: string): number | boolean | null {
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  const value = Number(text);
  return text === '' || !Number.isFinite(value) ? null : value;
}

function ruleOf(kind: string, settings: Settings): RecordedRule {
  const assumed: string[] = [];
  const number = (spellings: readonly [string, ...string[]], usual: number, isSaid = true): number => {
    const value = spellings.map((name) => settings.get(normal(name))).find((one) => typeof one === 'number');
    if (typeof value === 'number') return value;
    if (isSaid) assumed.push(`${spellings[0]} ${usual}`);
    return usual;
  };
  const weightDecay = (usual = 0): number => number(['weight decay', 'wd', 'l2'], usual, usual > 0);
  const momentum = (): number => number(['momentum', 'mu', 'beta'], 0);
  const read = (rule: UpdateRule): RecordedRule => ({ rule, assumed });
  switch (normal(kind)) {
    case 'sgd':
    case 'nesterov':
    case 'momentum': {
      const nesterov = normal(kind) === 'nesterov' || settings.get('nesterov') === true;
      const dampening = number(['dampening'], 0, false);
      return read({ kind: 'sgd', momentum: momentum(), nesterov, dampening, weightDecay: weightDecay() });
    }
    case 'gd':
    case 'gradientdescent':
      return read({ kind: 'sgd', momentum: 0, nesterov: false, dampening: 0, weightDecay: weightDecay() });
    case 'sam':
      return read({ kind: 'sam', rho: number(['rho'], 0.05), momentum: momentum(), weightDecay: weightDecay() });
    case 'adam':
      return read({
        kind: 'adam',
        beta1: number(['beta1'], 0.9),
        decoupled: settings.get('decoupled') === true,
        weightDecay: weightDecay(),
      });
    case 'adamw':
      return read({ kind: 'adam', beta1: number(['beta1'], 0.9), decoupled: true, weightDecay: weightDecay(0.01) });
    case 'rmsprop':
      return read({ kind: 'rmsprop', momentum: number(['momentum'], 0, false), weightDecay: weightDecay() });
    case 'adagrad':
      return read({ kind: 'adagrad', weightDecay: weightDecay() });
    default:
      return { reason: `The limit of the optimiser ${JSON.stringify(kind)} is not known.` };
  }
}
