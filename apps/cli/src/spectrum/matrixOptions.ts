/** Options that select the matrix besides the operator: its blocks and its preconditioner. */
import type { BlockSelection } from '@ritz/estimation';
import { preconditioners, type Preconditioner } from '@ritz/records';
import { CliError } from '../terminal/cliError.ts';

export interface PreconditionerFile {
  readonly kind: Preconditioner;
  readonly file: string;
}

/** `layers`, `tensors`, or one `name=pattern` after the other; a name that is repeated has several patterns. */
export function parseBlocks(text: string, before?: BlockSelection): BlockSelection {
  if (text === 'layers' || text === 'tensors') {
    if (before === undefined) return text;
    throw new CliError(`--blocks: expected ${text} alone, got more. Leave out the other blocks.`);
  }
  const [, name, pattern] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || pattern === undefined || typeof before === 'string') {
    throw new CliError(`--blocks: expected layers, tensors, or name=pattern such as mlp=*.mlp.*, got "${text}".`);
  }
  const known = before?.[name] ?? [];
  return { ...before, [name]: [...(typeof known === 'string' ? [known] : known), pattern] };
}

const given = preconditioners.filter((kind) => kind !== 'none');

export function parsePreconditioner(text: string): PreconditionerFile {
  const [, word, file] = /^([a-z]+)=(.+)$/.exec(text) ?? [];
  if (word === undefined || file === undefined) return { kind: 'custom', file: text };
  const kind = given.find((one) => one === word);
  if (kind) return { kind, file };
  throw new CliError(`--preconditioner: expected ${given.join(', ')} before the file, got "${word}".`);
}
