import onnxProto from 'onnx-proto';
import { describe, expect, it } from 'vitest';
import { withoutCalls } from './functions.ts';

const { ModelProto, AttributeProto } = onnxProto.onnx;

const kink = AttributeProto.create({ name: 'alpha', refAttrName: 'slope', type: AttributeProto.AttributeType.FLOAT });
const block: onnxProto.onnx.IFunctionProto = {
  name: 'Block',
  domain: 'own',
  input: ['x', 'w'],
  output: ['y'],
  attribute: ['slope'],
  opsetImport: [{ domain: '', version: 18 }],
  node: [
    { name: 'product', opType: 'MatMul', input: ['x', 'w'], output: ['a'] },
    { name: 'kink', opType: 'LeakyRelu', input: ['a'], output: ['y'], attribute: [kink] },
  ],
};

function call(
  name: string,
  input: string,
  weight: string,
  output: string,
  slope: number | null,
): onnxProto.onnx.INodeProto {
  const given = { name: 'slope', f: slope ?? 0, type: AttributeProto.AttributeType.FLOAT };
  const attribute = slope === null ? [] : [given];
  return { name, opType: 'Block', domain: 'own', input: [input, weight], output: [output], attribute };
}

function expand(nodes: onnxProto.onnx.INodeProto[], opset = 18, functions = [block]): onnxProto.onnx.INodeProto[] {
  return withoutCalls(ModelProto.create({ opsetImport: [{ domain: '', version: opset }], functions }), nodes);
}

describe('calls of functions', () => {
  it('become their nodes, with names and attributes of the call', () => {
    const nodes = expand([call('first', 'in', 'w1', 'h', 0.25), call('second', 'h', 'w2', 'out', null)]);
    const shown = nodes.map(({ opType, input, output, attribute }) => [
      opType,
      input,
      output,
      (attribute ?? []).map(({ name, f }) => [name, f]),
    ]);
    expect(shown).toEqual([
      ['MatMul', ['in', 'w1'], ['first#0/a'], []],
      ['LeakyRelu', ['first#0/a'], ['h'], [['alpha', 0.25]]],
      ['MatMul', ['h', 'w2'], ['second#1/a'], []],
      ['LeakyRelu', ['second#1/a'], ['out'], []],
    ]);
  });

  it('are refused where the function is of another opset', () => {
    expect(() => expand([call('first', 'in', 'w1', 'h', 1)], 12)).toThrow(
      /function "Block" is of opset 18, the model of opset 12/,
    );
  });

  it('are refused where functions call each other in a circle', () => {
    const circular = { ...block, node: [call('again', 'x', 'w', 'y', 1)] };
    expect(() => expand([call('first', 'in', 'w1', 'h', 1)], 18, [circular])).toThrow(/call each other in a circle/);
  });

  it('are refused where a default is needed that is not known', () => {
    expect(() => expand([call('first', 'in', 'w1', 'h', null)], 18, [{ ...block, attribute: [] }])).toThrow(
      /the default of attribute "slope" of function "Block" is not supported/,
    );
  });
});
