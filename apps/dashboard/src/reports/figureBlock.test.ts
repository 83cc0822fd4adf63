import { describe, expect, it } from 'vitest';
import { commentLine, parseFigure, withLine } from './figureBlock.ts';

const run = 'a0000000-0000-4000-8000-000000000001';

describe('a figure of a report', () => {
  it('is a density of the last step unless it says otherwise', () => {
    expect(parseFigure(`run: ${run}\n`)).toEqual({
      figure: {
        kind: 'density',
        run,
        step: null,
        spectrum: null,
        sigma: null,
        operator: null,
        block: null,
        preconditioner: null,
        comments: [],
      },
      fault: null,
    });
    const { figure } = parseFigure(
      `kind: density\nrun: ${run}\nstep: 100\nsigma: 0.05\nblock: mlp.0\ncomment: 22.1 | splits | here\ncomment: -1e-3 | soon gone`,
    );
    expect(figure).toMatchObject({ step: 100, sigma: 0.05, block: 'mlp.0' });
    expect(figure?.comments).toEqual([
      { lambda: 22.1, text: 'splits | here' },
      { lambda: -0.001, text: 'soon gone' },
    ]);
  });

  it.each([
    ['', 'run: expected the UUID of a run, got "".'],
    [`run: ${run}\nstep: soon`, 'step: expected a step or "last", got "soon".'],
    [`run: ${run}\nsigma: 0`, 'sigma: expected a number greater than 0, got "0".'],
    [`run: ${run}\nkind: pie`, 'kind: expected one of density, lambda1, ratio, negativeMass, got "pie".'],
    [`run: ${run}\nspectrum: 12`, 'spectrum: expected the UUID of a spectrum, got "12".'],
    [`run: ${run}\ncomment: high`, 'comment: expected a value of λ, "|" and a text, got "high".'],
    [`run: ${run}\ncolour: red`, /^expected "name: value" with one of kind, run, .*, got "colour: red"\.$/],
  ])('%j says what is wrong', (text, fault) => {
    expect(parseFigure(text).fault).toMatch(fault);
  });

  it('takes a comment at the end of its block, on one line', () => {
    const block = '```figure\nrun: x\n```';
    const markdown = `# Title\n\n${block}\n\nText`;
    const line = commentLine({ lambda: 22.12345678, text: 'two\nlines ' });
    expect(line).toBe('comment: 22.1235 | two lines');
    expect(withLine(markdown, markdown.indexOf(block) + block.length, line)).toBe(
      `# Title\n\n\`\`\`figure\nrun: x\n${line}\n\`\`\`\n\nText`,
    );
  });
});
