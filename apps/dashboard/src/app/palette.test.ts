/**
 * The series colours of both themes can be told apart by everyone: ΔE2000 of any two is at least 10 in normal sight and in
 * protanopia, deuteranopia and tritanopia as Machado, Oliveira and Fernandes (2009) simulate them.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  differenceCiede2000,
  filterDeficiencyDeuter,
  filterDeficiencyProt,
  filterDeficiencyTrit,
  parse,
  wcagContrast,
  type Color,
} from 'culori';
import { describe, expect, it } from 'vitest';

const css = readFileSync(createRequire(import.meta.url).resolve('@ritz/charts/theme.css'), 'utf8');

function colour(text: string): Color {
  const parsed = parse(text);
  if (!parsed) throw new Error(`Expected a colour, got ${text}.`);
  return parsed;
}

function themeColours(selector: ':root' | '.dark'): { readonly series: Color[]; readonly surface: Color } {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  const series = [...block.matchAll(/--series-\d: (#[0-9a-f]{6});/g)].map(([, value]) => colour(value ?? ''));
  return { series, surface: colour(/--chart-surface: (#[0-9a-f]{6});/.exec(block)?.[1] ?? '') };
}

const sights = {
  normal: (seen: Color) => seen,
  protan: filterDeficiencyProt(1),
  deutan: filterDeficiencyDeuter(1),
  tritan: filterDeficiencyTrit(1),
};

describe.each([':root', '.dark'] as const)('series colours of %s', (selector) => {
  const { series, surface } = themeColours(selector);

  it.each(Object.entries(sights))('are at least ΔE2000 = 10 apart in %s sight', (_name, see) => {
    const difference = differenceCiede2000();
    const seen = series.map(see);
    expect(seen).toHaveLength(8);
    const distances = seen.flatMap((a, i) => seen.slice(i + 1).map((b) => difference(a, b)));
    expect(Math.min(...distances)).toBeGreaterThanOrEqual(10);
  });

  it('stand out from the surface by a contrast of 3 (WCAG 1.4.11)', () => {
    expect(Math.min(...series.map((one) => wcagContrast(one, surface)))).toBeGreaterThanOrEqual(3);
  });
});
