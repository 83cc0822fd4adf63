/** The operators of the newest ONNX that is known, all of them: each has a rule or a reason why not. */
import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { foldRules } from './fold/foldRules.ts';
import { newestOpset } from './decode.ts';
import { rules } from './rules/rules.ts';
import { reasons } from './unsupported.ts';

interface Operator {
  readonly name: string;
  readonly since: readonly number[];
  readonly differentiable: boolean;
}

const list = new URL('../../../../../tools/fixtures/operators/operators.json', import.meta.url);
const { opset, operators } = JSON.parse(fs.readFileSync(list, 'utf8')) as {
  readonly opset: number;
  readonly operators: readonly Operator[];
};

/** Becomes a constant of the graph while the file is decoded. */
const decoded = 'Constant';

describe('the operators of ONNX', () => {
  it('are read up to the newest opset', () => expect(newestOpset).toBe(opset));

  it.each(operators)('$name has a rule or a reason', ({ name, differentiable }) => {
    const ruled = name in rules || (!differentiable && name in foldRules) || name === decoded;
    expect(ruled ? 'a rule' : reasons[name]).toBeTruthy();
  });

  it('have no reason where there is a rule', () => {
    expect(Object.keys(reasons).filter((name) => name in rules || name in foldRules)).toEqual([]);
  });

  it('have only rules for operators that there are', () => {
    const names = new Set(operators.map(({ name }) => name));
    expect(
      [...Object.keys(rules), ...Object.keys(foldRules), ...Object.keys(reasons)].filter((name) => !names.has(name)),
    ).toEqual([]);
  });
});
