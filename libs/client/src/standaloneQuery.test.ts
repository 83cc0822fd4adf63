import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import {
  CompareRunsDocument,
  ComparisonDocument,
  FindingRunsDocument,
  RunsDocument,
  SpectrumAtStepDocument,
  standaloneQuery,
} from './index.ts';

const schema = buildSchema(readFileSync(path.resolve(import.meta.dirname, '../../schema/schema.graphql'), 'utf8'));

describe('standaloneQuery', () => {
  it('writes strings, numbers, enums and lists as GraphQL does, and the result is valid', () => {
    const query = standaloneQuery(SpectrumAtStepDocument, {
      id: 'a "quoted" id',
      step: 100,
      kernel: 'EPANECHNIKOV',
      grid: { points: 512 },
      smoothing: { kind: 'ABSOLUTE', sigma: 0.05 },
    });
    expect(query).toContain(
      'query SpectrumAtStep($id: ID! = "a \\"quoted\\" id", $step: Int! = 100, $operator: CurvatureOperator, $block: String, $preconditioner: Preconditioner, $smoothing: SmoothingInput = { kind: ABSOLUTE, sigma: 0.05 }, $kernel: KernelName = EPANECHNIKOV, $method: QuadratureMethod, $grid: GridInput = { points: 512 })',
    );
    expect(validate(schema, parse(query))).toEqual([]);

    const comparison = standaloneQuery(CompareRunsDocument, { ids: ['a', 'b'], maxPoints: 1000 });
    expect(comparison).toContain('($ids: [ID!]! = ["a", "b"], $maxPoints: Int! = 1000, $operator: ');
    expect(validate(schema, parse(comparison))).toEqual([]);
  });

  it('writes enums of the operation itself, and finds the operation behind its fragments', () => {
    const comparison = standaloneQuery(ComparisonDocument, { runs: ['a'], align: 'LR_PHASE', at: [0.5], tolerance: 0 });
    expect(comparison).toContain('$align: Alignment = LR_PHASE');
    expect(comparison).toContain('$at: [Float!] = [0.5]');
    expect(validate(schema, parse(comparison))).toEqual([]);

    const claims = standaloneQuery(FindingRunsDocument, {
      ids: ['a', 'b'],
      first: 20,
      maxPoints: 400,
      nearZero: 0.01,
    });
    expect(claims).toContain(
      '($ids: [ID!]! = ["a", "b"], $first: Int! = 20, $after: String, $maxPoints: Int! = 400, $nearZero: Float! = 0.01) {',
    );
    expect(validate(schema, parse(claims))).toEqual([]);
  });

  it('leaves a variable that is not given as it is', () => {
    const query = standaloneQuery(RunsDocument, { first: 10, filter: null, statistics: [], measures: [] });
    expect(query).toContain(
      'query Runs($filter: RunFilter = null, $orderBy: RunOrder, $first: Int! = 10, $after: String, ' +
        '$statistics: [RunStatisticInput!]! = [], $measures: [RunMeasureInput!]! = [])',
    );
    expect(validate(schema, parse(query))).toEqual([]);
  });
});
