import { getOperationAST, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { assertWithinLimits, maxQueryTokens, queryLimits, queryCost, type QueryCost } from './limits.ts';
import { schema } from '../schema.ts';

function ask(query: string, variables: Record<string, unknown> = {}, operationName?: string): QueryCost {
  const document = parse(query, { maxTokens: maxQueryTokens });
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document, operationName);
  const asked = operation && queryCost(schema, document, operation, variables);
  if (!asked) throw new Error('The query has no cost.');
  return asked;
}

const density = 'density { lambda density lower upper sigma }';

describe('the cost of a query', () => {
  it('grows with the page, given as a literal, as a variable, or not at all', () => {
    const page = (first: string): string => `{ runs${first} { nodes { id name } } }`;
    const hundred = ask(page('(first: 100)')).cost;
    expect(hundred).toBeGreaterThan(200);
    expect(ask('query($n: Int) { runs(first: $n) { nodes { id name } } }', { n: 100 }).cost).toBe(hundred);
    expect(ask(page('(first: 10)')).cost).toBeLessThan(hundred / 5);
    expect(ask(page('')).cost).toBe(ask(page('(first: 50)')).cost);
  });

  it('grows with the points of the grid', () => {
    const spectrum = (points: number): string =>
      `{ spectrum(id: "x") { density(grid: { points: ${String(points)} }) { lambda } } }`;
    expect(ask(spectrum(10_000)).cost).toBeGreaterThan(4 * ask(spectrum(1024)).cost);
  });

  it('counts fragments, aliases and depth', () => {
    const asked = ask(
      `query { a: run(id: "x") { ...Bits } b: run(id: "y") { ...Bits } }
       fragment Bits on Run { id spectra { step { number } } }`,
    );
    expect(asked).toMatchObject({ depth: 4, aliases: 2, breadth: 10 });
  });

  it('is that of the operation asked for, not of the first one in the document', () => {
    const both = `query Cheap { projects { id } } query Dear { runs(first: 100) { nodes { spectra { id } } } }`;
    expect(ask(both, {}, 'Dear').cost).toBeGreaterThan(50 * ask(both, {}, 'Cheap').cost);
  });

  it('is null when a variable is not of its type, for then nothing is executed', () => {
    const document = parse('query($n: Int!) { runs(first: $n) { totalCount } }');
    const operation = getOperationAST(document);
    expect(operation && queryCost(schema, document, operation, { n: 'many' })).toBeNull();
  });

  it('is refused when an argument of a skipped field cannot be read', () => {
    const document = parse(
      `query($kind: SmoothingKind = AUTO) {
         spectrum(id: "x") { density(smoothing: { kind: $kind }) @skip(if: true) { sigma } probes { alpha } } }`,
    );
    expect(validate(schema, document)).toEqual([]);
    const operation = getOperationAST(document);
    expect(() => operation && queryCost(schema, document, operation, { kind: null })).toThrow(/"smoothing"/);
  });
});

describe('the limits', () => {
  it.each([
    [
      'a page of 100 runs with all that a table shows',
      `{ runs(first: 100) { totalCount pageInfo { endCursor } nodes {
       id name status architecture batchNorm residual optimiser schedule { kind initial } tags createdAt
       history(maxPoints: 50) { step trainLoss } spectra { id step { number } } } } }`,
    ],
    ['the whole evolution of a run', `{ run(id: "x") { spectra { step { number } ${density} outliers { values } } } }`],
    ['twenty trajectories', `{ runs(first: 20) { nodes { trajectory { step lambdaMax overlap { fraction } } } } }`],
    ['twenty densities', `{ runs(first: 20) { nodes { spectrum(step: 100) { ${density} } } } }`],
  ])('allow %s', (_what, query) => {
    expect(() => assertWithinLimits(ask(query))).not.toThrow();
  });

  it.each([
    [
      'the densities of every spectrum of 100 runs',
      'cost',
      `{ runs(first: 100) { nodes { spectra { ${density} } } } }`,
    ],
    [
      'all the probes of 100 runs',
      'cost',
      `{ runs(first: 100) { nodes { spectra { probes { alpha beta } trace { value } } } } }`,
    ],
    ['13 levels', 'depth', `{ run(id: "x") { ${'spectra { run { '.repeat(6)} id ${'} }'.repeat(6)} } }`],
    [
      '101 aliases',
      'aliases',
      `{ ${Array.from({ length: 101 }, (_, n) => `a${String(n)}: projects { id }`).join(' ')} }`,
    ],
    [
      'what 50 spreads of 21 fields expand to',
      'breadth',
      `{ projects { ${'...All '.repeat(50)} } } fragment All on Project { ${'id '.repeat(21)} }`,
    ],
  ] as const)('refuse %s, naming the %s', (_what, measure, query) => {
    const limit = String(queryLimits[measure]);
    expect(() => assertWithinLimits(ask(query))).toThrow(
      new RegExp(`query’s ${measure} is \\d+; the limit is ${limit}`),
    );
  });

  it('bound the text itself, before it is parsed', () => {
    expect(() => parse(`{ ${'a '.repeat(maxQueryTokens)} }`, { maxTokens: maxQueryTokens })).toThrow(/tokens/);
  });
});
