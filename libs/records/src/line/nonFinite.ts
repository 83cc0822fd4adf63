/**
 * Finds NaN and the infinities in text that is nearly JSON. Python's json.dumps and others write them; JSON has neither. A
 * scanner, not a regular expression: the text is as long as a client likes, and each character is read a bounded number of times.
 */

/** The part of a string that the scanner uses, so that a test can count what it reads. */
export type Characters = Pick<string, 'length' | 'charCodeAt'>;

const names = ['NaN', 'Infinity', '-Infinity', '-NaN'] as const;

const code = (character: string): number => character.charCodeAt(0);
const quote = code('"');
const backslash = code('\\');
const blanks: ReadonlySet<number> = new Set([' ', '\t', '\n', '\r'].map(code));
const beforeValue: ReadonlySet<number> = new Set(['[', ':', ','].map(code));
const afterValue: ReadonlySet<number> = new Set([',', ']', '}'].map(code));

/** The first name of a non-finite number that stands where a JSON value should; `null` when there is none. */
export function nonFiniteIn(text: Characters): (typeof names)[number] | null {
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (blanks.has(character)) continue;
    if (character === quote) at = endOfString(text, at);
    else if (beforeValue.has(before)) {
      const name = names.find((one) => standsAt(text, at, one));
      if (name !== undefined && endsValue(text, at + name.length)) return name;
    }
    before = character;
  }
  return null;
}

/** The position of the quote that ends the string begun at `start`, or the end of the text. */
function endOfString(text: Characters, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text.charCodeAt(at);
    if (character === quote) return at;
    if (character === backslash) at++;
  }
  return text.length;
}

function standsAt(text: Characters, start: number, name: string): boolean {
  for (let at = 0; at < name.length; at++) if (text.charCodeAt(start + at) !== name.charCodeAt(at)) return false;
  return true;
}

function endsValue(text: Characters, start: number): boolean {
  let at = start;
  while (at < text.length && blanks.has(text.charCodeAt(at))) at++;
  return at < text.length && afterValue.has(text.charCodeAt(at));
}
