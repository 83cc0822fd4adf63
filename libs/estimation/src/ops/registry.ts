/** Every op that a graph may contain, by name. */
import { EstimationError } from '../error/EstimationError.ts';
import type { Op } from './Op.ts';
import { addOp } from './add.ts';
import { affineOp } from './affine.ts';
import { atanOp } from './atan.ts';
import { broadcastToOp } from './broadcastTo.ts';
import { compareOp } from './compare.ts';
import { concatOp } from './concat.ts';
import { conv2dOp } from './conv2d.ts';
import { conv2dFilterGradientOp } from './conv2dFilterGradient.ts';
import { conv2dInputGradientOp } from './conv2dInputGradient.ts';
import { cosOp } from './cos.ts';
import { eluOp } from './elu.ts';
import { erfOp } from './erf.ts';
import { expOp } from './exp.ts';
import { floorOp } from './floor.ts';
import { gatherOp } from './gather.ts';
import { heavisideOp } from './heaviside.ts';
import { logOp } from './log.ts';
import { logSoftmaxOp } from './logSoftmax.ts';
import { matmulOp } from './matmul.ts';
import { maxPool2dOp } from './maxPool2d.ts';
import { maxPool2dMaskOp } from './maxPool2dMask.ts';
import { meanProductOp } from './meanProduct.ts';
import { multiplyOp } from './multiply.ts';
import { normaliseOp } from './normalise.ts';
import { normaliseGradientOp } from './normaliseGradient.ts';
import { normaliseScaleGradientOp } from './normaliseScaleGradient.ts';
import { oneHotOp } from './oneHot.ts';
import { padOp } from './pad.ts';
import { powerOp } from './power.ts';
import { reciprocalOp } from './reciprocal.ts';
import { reluOp } from './relu.ts';
import { reshapeOp } from './reshape.ts';
import { roundOp } from './round.ts';
import { rsqrtOp } from './rsqrt.ts';
import { scatterAddOp } from './scatterAdd.ts';
import { selectOp } from './select.ts';
import { sigmoidOp } from './sigmoid.ts';
import { sinOp } from './sin.ts';
import { softmaxOp } from './softmax.ts';
import { softmaxCrossEntropyOp } from './softmaxCrossEntropy.ts';
import { softplusOp } from './softplus.ts';
import { spreadPool2dOp } from './spreadPool2d.ts';
import { sqrtOp } from './sqrt.ts';
import { stopGradientOp } from './stopGradient.ts';
import { subtractOp } from './subtract.ts';
import { sumOp } from './sum.ts';
import { sumPool2dOp } from './sumPool2d.ts';
import { tanhOp } from './tanh.ts';
import { toFloatOp } from './toFloat.ts';
import { toIntOp } from './toInt.ts';
import { topIndicesOp } from './topIndices.ts';
import { transposeOp } from './transpose.ts';

const ops: ReadonlyMap<string, Op> = new Map(
  [
    addOp,
    affineOp,
    atanOp,
    broadcastToOp,
    compareOp,
    concatOp,
    conv2dOp,
    conv2dFilterGradientOp,
    conv2dInputGradientOp,
    cosOp,
    eluOp,
    erfOp,
    expOp,
    floorOp,
    gatherOp,
    heavisideOp,
    logOp,
    logSoftmaxOp,
    matmulOp,
    maxPool2dOp,
    maxPool2dMaskOp,
    meanProductOp,
    multiplyOp,
    normaliseOp,
    normaliseGradientOp,
    normaliseScaleGradientOp,
    oneHotOp,
    padOp,
    powerOp,
    reciprocalOp,
    reluOp,
    reshapeOp,
    roundOp,
    rsqrtOp,
    scatterAddOp,
    selectOp,
    sigmoidOp,
    sinOp,
    softmaxOp,
    softmaxCrossEntropyOp,
    softplusOp,
    spreadPool2dOp,
    sqrtOp,
    stopGradientOp,
    subtractOp,
    sumOp,
    sumPool2dOp,
    tanhOp,
    toFloatOp,
    toIntOp,
    topIndicesOp,
    transposeOp,
  ].map((op) => [op.name, op]),
);

export function opNamed(name: string): Op {
  const op = ops.get(name);
  if (!op) throw new EstimationError('UNSUPPORTED', `No op is named "${name}". Known: ${[...ops.keys()].join(', ')}.`);
  return op;
}

export function allOps(): Op[] {
  return [...ops.values()];
}
