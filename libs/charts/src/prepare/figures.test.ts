import { describe, expect, it } from 'vitest';
import { densityFloor } from './densityFloor.ts';
import { valueDomain } from './domain.ts';
import { describeSchedule } from './schedule.ts';
import { assignStyles, seriesStyle, styleCount, summaryStyle } from './seriesStyle.ts';
import { figureTable, toCsv } from './table.ts';
import { thin } from './thin.ts';

describe('valueDomain', () => {
  it('holds everything finite, with a margin', () => {
    expect(valueDomain([[1, null, 3], [2]], { margin: 0.5 })).toEqual([0, 4]);
    expect(valueDomain([[1, Number.NaN]], { include: [5], margin: 0 })).toEqual([1, 5]);
  });

  it('ignores what a logarithmic axis cannot show, and widens by a factor', () => {
    expect(valueDomain([[-1, 0, 1, 100]], { positive: true, margin: 0.5 })).toEqual([0.1, 1000]);
  });

  it('makes room around a single value and none out of nothing', () => {
    expect(valueDomain([[4]])).toEqual([3.5, 4.5]);
    expect(valueDomain([[4]], { positive: true })).toEqual([2, 8]);
    expect(valueDomain([[4, 4 + 1e-15]])?.map((end) => Number(end.toFixed(9)))).toEqual([3.5, 4.5]);
    expect(valueDomain([[null], [-1]], { positive: true })).toBeNull();
  });
});

describe('densityFloor', () => {
  it('lies at least a factor of 10 below the peak of one eigenvalue', () => {
    expect(densityFloor(0.05, 15_910, 30)).toBeCloseTo(1e-5, 12);
    const single = 1 / (1000 * 0.3 * Math.sqrt(2 * Math.PI));
    expect(densityFloor(0.3, 1000, 1)).toBeLessThanOrEqual(single / 10);
    expect(densityFloor(0.3, 1000, 1)).toBeGreaterThan(single / 101);
  });

  it('lies eight decades down when the number of eigenvalues is unknown', () => {
    expect(densityFloor(0.05, null, 100)).toBeCloseTo(1e-6, 12);
  });
});

describe('thin', () => {
  it('keeps a peak one point wide, the ends, and the order', () => {
    const position = Array.from({ length: 10_000 }, (_unused, index) => index);
    const value = position.map((index) => (index === 4321 ? 9 : index % 7 === 0 ? -1 : 0));
    const kept = thin(position, value, 50);
    expect(kept.length).toBeLessThanOrEqual(102);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
    expect(kept).toContain(4321);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(9999);
  });

  it('leaves a short curve alone', () => {
    expect(thin([0, 1, 2], [5, 5, 5], 2)).toEqual([0, 1, 2]);
  });
});

describe('assignStyles', () => {
  it('gives a run its own style, whatever others come after it', () => {
    const alone = assignStyles(['run-a']).get('run-a');
    expect(assignStyles(['run-a', 'run-b', 'run-c']).get('run-a')).toBe(alone);
  });

  it('gives every run of a comparison a style of its own, the first eight a colour of their own', () => {
    const ids = Array.from({ length: 20 }, (_unused, index) => `run ${String(index)}`);
    const styles = [...assignStyles(ids).values()];
    expect(new Set(styles).size).toBe(20);
    expect(new Set(styles.slice(0, 8).map((style) => seriesStyle(style).colour)).size).toBe(8);
  });

  it('no two styles agree in colour and dash; those of one round differ in both', () => {
    const all = Array.from({ length: styleCount }, (_unused, number) => seriesStyle(number));
    expect(new Set(all.map(({ colour, dash }) => `${colour} ${dash ?? ''}`)).size).toBe(styleCount);
    expect(new Set(all.slice(0, 8).map(({ dash }) => dash)).size).toBe(8);
    expect(new Set(all.slice(0, 8).map(({ colour }) => colour)).size).toBe(8);
    expect(seriesStyle(styleCount)).toEqual(seriesStyle(0));
    expect(all.map(({ colour }) => colour)).not.toContain(seriesStyle(summaryStyle).colour);
  });
});

describe('figureTable', () => {
  const table = figureTable('step', [
    { id: 'a', label: 'a, b', style: 0, x: [0, 2], y: [0.1, null] },
    { id: 'b', label: 'say "c"', style: 1, x: [1, 2], y: [1e-9, 3] },
  ]);

  it('has the union of the grids and nothing where nothing was measured', () => {
    expect(table.rows).toEqual([
      [0, 0.1, null],
      [1, null, 1e-9],
      [2, null, 3],
    ]);
  });

  it('becomes CSV with quoted names and full precision', () => {
    expect(toCsv(table)).toBe('step,"a, b","say ""c"""\r\n0,0.1,\r\n1,,1e-9\r\n2,,3\r\n');
  });

  it('holds no text that a spreadsheet takes for a formula, and numbers as they are', () => {
    const columns = ['step', '=HYPERLINK("x")'];
    expect(toCsv({ columns, rows: [[-1, '@SUM(1)']] })).toBe('step,"\'=HYPERLINK(""x"")"\r\n-1,\'@SUM(1)\r\n');
  });
});

describe('describeSchedule', () => {
  it.each([
    [{ kind: 'CONSTANT', initial: 0.1 } as const, 'constant 0.1'],
    [{ kind: 'STEP', initial: 0.1, factor: 0.1, steps: [400, 600, 1800] } as const, '0.1, × 0.1 at 400, 600 and 1,800'],
    [{ kind: 'COSINE', initial: 0.2, totalSteps: 1000 } as const, 'cosine from 0.2 to 0 over 1,000'],
    [
      { kind: 'WARMUP_COSINE', initial: 0.2, totalSteps: 1000, warmupSteps: 50 } as const,
      'warm-up to 0.2 over 50, cosine to 0 at 1,000',
    ],
    [
      { kind: 'ONE_CYCLE', initial: 0.01, steps: [0, 30, 100], rates: [0.01, 0.2, 0.001] } as const,
      'one cycle: 0.01 at 0, 0.2 at 30, 0.001 at 100',
    ],
    [
      { kind: 'PIECEWISE', initial: 0.1, steps: [0, 50], rates: [0.1, 0.02] } as const,
      'linear between 0.1 at 0, 0.02 at 50',
    ],
  ])('writes %j', (schedule, text) => {
    expect(describeSchedule(schedule)).toBe(text);
  });
});
