/** @ritz/estimation: Hessian-vector products on a small graph of our own, engines to run them on. */
export { EstimationError, type EstimationErrorCode } from './error/EstimationError.ts';
export { createGraph } from './graph/createGraph.ts';
export type { GraphBuilder } from './graph/GraphBuilder.ts';
export { sizeOf, type Graph, type Node, type Shape } from './graph/Node.ts';
export { add } from './ops/add.ts';
export { affine, scale } from './ops/affine.ts';
export { averagePool2d, globalAveragePool2d, type AveragePoolOptions } from './ops/averagePool2d.ts';
export { concat } from './ops/concat.ts';
export { conv2d, type Conv2dOptions } from './ops/conv2d.ts';
export type { Padding, Pair, WindowOptions } from './ops/convolution/geometry.ts';
export { elu } from './ops/elu.ts';
export { erf } from './ops/erf.ts';
export { exp } from './ops/exp.ts';
export { flatten } from './ops/flatten.ts';
export { gather } from './ops/gather.ts';
export { layerNorm, type LayerNormOptions } from './ops/layerNorm.ts';
export { gelu } from './ops/gelu.ts';
export { leakyRelu } from './ops/leakyRelu.ts';
export { log } from './ops/log.ts';
export { matmul } from './ops/matmul.ts';
export { mean } from './ops/meanSquaredError.ts';
export { maxPool2d } from './ops/maxPool2d.ts';
export { multiply } from './ops/multiply.ts';
export { oneHot } from './ops/oneHot.ts';
export { pad } from './ops/pad.ts';
export { reciprocal } from './ops/reciprocal.ts';
export { relu } from './ops/relu.ts';
export { reshape } from './ops/reshape.ts';
export { rsqrt } from './ops/rsqrt.ts';
export { sigmoid } from './ops/sigmoid.ts';
export { silu } from './ops/silu.ts';
export { slice } from './ops/slice.ts';
export { softmax } from './ops/softmax.ts';
export { softplus } from './ops/softplus.ts';
export { subtract } from './ops/subtract.ts';
export { sum, total } from './ops/sum.ts';
export { tanh } from './ops/tanh.ts';
export { transpose } from './ops/transpose.ts';
export { gradients } from './autodiff/vjp.ts';
export { tangents } from './autodiff/jvp.ts';
export { createEngine, engineNames, type EngineOptions } from './engines/createEngine.ts';
export { checkEngines, type EngineCheck, type EngineCheckOptions } from './engines/checkEngines.ts';
export type { Engine, EngineName, Program, TensorData, Tensors } from './engines/Engine.ts';
export { batchNorm, type BatchNormNames } from './model/batchNorm.ts';
export { batchOutputShape, outputShape } from './model/applyModel.ts';
export { evaluateOutputs } from './model/evaluateOutputs.ts';
export { mixesExamples } from './model/mixesExamples.ts';
export { forwardGraph, gradientGraph, type Problem } from './model/buildLoss.ts';
export { createObjective, type Objective, type ObjectivePoint, type ObjectiveValue } from './model/createObjective.ts';
export { batchesOf, type Examples } from './model/Examples.ts';
export { feedsOf } from './model/flatVector.ts';
export {
  classAxisOf,
  classCount,
  isClassLoss,
  takesLabels,
  type ClassLoss,
  type Loss,
  type Reduction,
} from './model/Loss.ts';
export { targetsFor } from './model/targets.ts';
export { elementCount, parameterCount, type Model, type ModelInput, type NamedShape } from './model/Model.ts';
export type { BatchNormMode, ModelState } from './model/ModelState.ts';
export { createPopulationStatistics, type PopulationStatistics } from './model/populationStatistics.ts';
export type { ParameterSelection } from './model/parameterSelection.ts';
export type { WeightDecay } from './model/WeightDecay.ts';
export { classGradients } from './operator/classGradients.ts';
export { createCurvature, type Curvature, type CurvatureOptions, type VectorKind } from './operator/createCurvature.ts';
export { curvatureOperators, type CurvatureOperator } from './operator/curvatureOperators.ts';
export { blockCurvatures, type BlockCurvature } from './operator/blockCurvatures.ts';
export {
  blockSpans,
  parameterBlocks,
  type BlockSelection,
  type ParameterBlock,
  type Spans,
} from './model/parameterBlocks.ts';
export { preconditioned, type MeasurableCurvature } from './operator/preconditioned.ts';
export type { MemoryPlan } from './operator/memoryPlan.ts';
export { measurePassSize } from './operator/measurePassSize.ts';
export { enginesDirectory } from './engines/tfjs/installed.ts';
export { activationNumbers } from './operator/footprint.ts';
export type { PassSize } from './operator/passSize.ts';
export type { Layer, LayersModel, LayersTensor, LayersValue } from './sources/layers/LayersModel.ts';
export { readLayersModel, type LayersModelOptions } from './sources/layers/readLayersModel.ts';
export { loadOnnx, openOnnxFile } from './sources/onnx/loadOnnx.ts';
export type { NetworkMetadata } from './sources/onnx/metadata.ts';
export { openOnnx, readOnnx, type OnnxOptions, type OpenedOnnx } from './sources/onnx/readOnnx.ts';
export type { OnnxInput } from './sources/onnx/OnnxGraph.ts';
export { describeInput, isFixedInput, type FixedInput, type GivenShapes } from './sources/onnx/signature.ts';
export type { Ending, FinalActivation, IndexBound, RemovableActivation, TrainedModel } from './sources/TrainedModel.ts';
