/** The figures of a report: fenced blocks in the language `figure`, one `name: value` a line. */

/** λ in a comment's line: `comment: 22.1 | the outlier of the first class`. */
export interface PinnedComment {
  readonly lambda: number;
  readonly text: string;
}

const figureKinds = ['density', 'lambda1', 'ratio', 'negativeMass'] as const;
export type FigureKind = (typeof figureKinds)[number];

export interface ReportFigure {
  readonly kind: FigureKind;
  readonly run: string;
  /** Of a density; null: the last one that is measured, so that the figure follows the training. */
  readonly step: number | null;
  /** Of a density: a measurement that is kept as it was, whatever is measured later; null: not given. */
  readonly spectrum: string | null;
  /** Width of the kernel in units of λ; null: chosen from the spectrum. */
  readonly sigma: number | null;
  readonly operator: string | null;
  readonly block: string | null;
  readonly preconditioner: string | null;
  readonly comments: readonly PinnedComment[];
}

type ParsedFigure =
  { readonly figure: ReportFigure; readonly fault: null } | { readonly figure: null; readonly fault: string };

const names = ['kind', 'run', 'step', 'spectrum', 'sigma', 'operator', 'block', 'preconditioner', 'comment'];
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const failed = (fault: string): ParsedFigure => ({ figure: null, fault });

/** What stands before the first `mark` and after it, trimmed; the second is empty without one. */
function split(text: string, mark: string): readonly [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text.trim(), ''] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** Reads the text of a block; the fault says what to write instead. */
export function parseFigure(text: string): ParsedFigure {
  const values = new Map<string, string>();
  const comments: PinnedComment[] = [];
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [name, value] = split(line, ':');
    if (!names.includes(name)) return failed(`expected "name: value" with one of ${names.join(', ')}, got "${line}".`);
    if (name === 'comment') {
      const [at, words] = split(value, '|');
      if (at === '' || words === '' || !Number.isFinite(Number(at))) {
        return failed(`comment: expected a value of λ, "|" and a text, got "${value}".`);
      }
      comments.push({ lambda: Number(at), text: words });
    } else {
      values.set(name, value);
    }
  }
  const kind = figureKinds.find((one) => one === (values.get('kind') ?? 'density'));
  if (!kind) return failed(`kind: expected one of ${figureKinds.join(', ')}, got "${String(values.get('kind'))}".`);
  const run = values.get('run') ?? '';
  if (!uuid.test(run)) return failed(`run: expected the UUID of a run, got "${run}".`);
  const spectrum = values.get('spectrum') ?? null;
  if (spectrum !== null && !uuid.test(spectrum)) {
    return failed(`spectrum: expected the UUID of a spectrum, got "${spectrum}".`);
  }
  const step = values.get('step') ?? 'last';
  if (step !== 'last' && !/^\d+$/.test(step)) return failed(`step: expected a step or "last", got "${step}".`);
  const sigma = values.has('sigma') ? Number(values.get('sigma')) : null;
  if (sigma !== null && !(Number.isFinite(sigma) && sigma > 0)) {
    return failed(`sigma: expected a number greater than 0, got "${String(values.get('sigma'))}".`);
  }
  return {
    figure: {
      kind,
      run,
      step: step === 'last' ? null : Number(step),
      spectrum,
      sigma,
      operator: values.get('operator') ?? null,
      block: values.get('block') ?? null,
      preconditioner: values.get('preconditioner') ?? null,
      comments,
    },
    fault: null,
  };
}

/** The Markdown with another line at the end of the block that ends at `end`, the offset behind its fence. */
export function withLine(markdown: string, end: number, line: string): string {
  const fence = markdown.lastIndexOf('\n', end - 1);
  return `${markdown.slice(0, fence)}\n${line}${markdown.slice(fence)}`;
}

/** A comment's line; its text stays on one line. */
export function commentLine({ lambda, text }: PinnedComment): string {
  return `comment: ${String(Number(lambda.toPrecision(6)))} | ${text.replaceAll(/\s+/g, ' ').trim()}`;
}
