/** Operators of ONNX without derivative rules here: why, and what to export instead. */
import type { OnnxNode } from './OnnxGraph.ts';

const random = 'it draws random numbers; export the network in evaluation mode, or give the numbers as an input';
const quantised = 'it computes with quantised numbers; export the network before its quantisation';
const detection = 'it chooses regions, which has no derivative; export the part of the network before it';
const state = 'no exporter of a training framework writes it; export the same computation with MatMul, Conv and Scan';
const bits = 'its result depends on how numbers are stored; export the network without it';
const text = 'it computes with text; do that beforehand and give its result as an input';
const optional = 'it holds a value that may be missing; export the network with that value given or left out';

/** By operator, as the end of a sentence. */
export const reasons: Readonly<Record<string, string>> = {
  Bernoulli: random,
  BitCast: bits,
  BitShift: bits,
  BitwiseNot: bits,
  CausalConvWithState: state,
  ConvInteger: quantised,
  DeformConv: 'deformable convolutions are not supported; export a network with ordinary convolutions',
  DequantizeLinear: quantised,
  Det: 'determinants are not supported; export their expansion by products and sums',
  DynamicQuantizeLinear: quantised,
  ImageDecoder: 'it decodes image files; do that beforehand and give the pixels as an input',
  LinearAttention: state,
  MatMulInteger: quantised,
  MaxRoiPool: detection,
  MaxUnpool: 'it needs the positions of the maxima; export nn.Upsample or nn.ConvTranspose2d instead of nn.MaxUnpool2d',
  MelWeightMatrix: 'compute the matrix beforehand and export it as a constant',
  Multinomial: random,
  NonMaxSuppression: detection,
  Optional: optional,
  OptionalGetElement: optional,
  OptionalHasElement: optional,
  QLinearConv: quantised,
  QLinearMatMul: quantised,
  QuantizeLinear: quantised,
  RandomNormal: random,
  RandomNormalLike: random,
  RandomUniform: random,
  RandomUniformLike: random,
  RegexFullMatch: text,
  RoiAlign: detection,
  SequenceMap: 'export the loop over the sequence unrolled',
  STFT: 'compute the frames beforehand and give them as an input, or export DFT of each frame',
  StringConcat: text,
  StringNormalizer: text,
  StringSplit: text,
  TfIdfVectorizer: text,
  Unique: 'the size of its result depends on the data; export the network without torch.unique',
};

/** What to do about a node without rules, as the end of a sentence. */
export function adviceFor({ opType, domain }: OnnxNode): string {
  if (domain !== '') {
    return `operators of the domain "${domain}" are not part of ONNX; export the network without the optimisations of a runtime`;
  }
  return reasons[opType] ?? 'it is not an operator of ONNX; export the network with standard operators';
}
