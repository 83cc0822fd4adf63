/** What `ritz spectrum` must make of each case: its numbers, a refusal, or a warning that says what may be wrong. */
import type { NetworkOptions } from './measureNetwork.ts';
import { networkFile } from './NetworkCase.ts';

export type Verdict =
  /** The numbers of `expected`; `parameters` where PyTorch counts more: frozen rows, layers that the output does not use. */
  | { readonly is: 'right'; readonly options?: NetworkOptions; readonly parameters?: number }
  /** An error whose message says why. */
  | { readonly is: 'refused'; readonly says: RegExp; readonly options?: NetworkOptions }
  /** Other numbers, with a warning that names what may be wrong. */
  | { readonly is: 'warned'; readonly says: RegExp; readonly options?: NetworkOptions }
  /** Not yet any of these: the test fails once it is right, so that the line is mended with the code. */
  | { readonly is: 'failing'; readonly options?: NetworkOptions };

const right: Verdict = { is: 'right' };
const folded: Verdict = { is: 'warned', says: /folded batch norm into the layers before it/ };
const computed: Verdict = { is: 'warned', says: /^Computed by the exporter from parameters that are not in the file/m };

const ofGraph = (name: string): Verdict[] => [
  { is: 'refused', says: /expected values for "x1", numbers \[5, 5\]; "x2", numbers \[\]/ },
  { is: 'right', options: { input: [`x1=${networkFile(name, 'x1.npy')}`, `x2=${networkFile(name, 'x2.npy')}`] } },
];

const output = (name: string): Verdict => ({ is: 'right', options: { output: name } });

export const verdicts: Readonly<Record<string, readonly Verdict[]>> = {
  'act_celu.ts': [right],
  'act_hardshrink.ts': [right],
  'act_softshrink.ts': [right],
  'antialiased.dy': [right],
  'arcsine.ts': [right],
  'argmax.ts': [right],
  'attended.ts': [
    { is: 'refused', says: /expected values for "x1", integers \[any, 7\]/ },
    { is: 'right', options: { input: [`x1=${networkFile('attended.ts', 'x1.npy')}`] } },
  ],
  'autoencoder_bilinear.ts': [right],
  'autoencoder_convt.ts': [right],
  'average_ceil.ts': [right],
  'batch_attention.dy': [right],
  'batch_mean.ts': [right],
  'batchnorm1d.dy': [folded],
  'batchnorm_linear_default.dy': [folded],
  'batchnorm_notrack.dy': [right],
  'bicubic.ts': [right],
  'clamped.ts': [right],
  'conv3d.ts': [right],
  'cosine.ts': [right],
  'edge_convolution.dy': [right],
  'einsum3.dy': [right],
  'embedding_bag.ts': [right],
  'fmod.dy': [right],
  'frozen_backbone.ts': [
    { is: 'warned', says: /does not record which parameters are trained/ },
    { is: 'right', options: { freeze: ['0.*'] } },
  ],
  'gathered.dy': [right],
  'gcn.dy': [right],
  'gcn.ts': [right],
  'gru.dy': [right],
  'gru_both_ways.ts': [right],
  'hf_bert.ts': [right],
  // Rows of the positions that no text reaches are not in the file: their eigenvalues are 0.
  'hf_gpt2.dy': [{ is: 'right', parameters: 1968 }, computed],
  'hf_mamba.ts': [right],
  'hf_t5.ts': [right],
  'hf_wav2vec_conv.dy': [right],
  'instancenorm.dy': [right],
  keras_conv_net: [right, computed],
  keras_dense_net: [right, computed],
  'layernorm.dy': [right],
  'logcumsumexp.dy': [right],
  'logic.ts': [right],
  'loss_in_graph.ts': [
    right,
    { is: 'refused', options: { loss: 'cross-entropy' }, says: /--input: expected values for "t", integers \[any\]/ },
  ],
  'lrn.dy': [right],
  'lstm.dy': [right],
  'lstm.ts': [right],
  'lstm_emb_bi2.ts': [right],
  'lstm_learned_start.dy': [right],
  'mask_of_parameter.dy': [right],
  'masked_softmax.ts': [right],
  'mixture.dy': [right],
  'norm3.ts': [right],
  'on_graph.dy': ofGraph('on_graph.dy'),
  'on_graph.ts': ofGraph('on_graph.ts'),
  'op_atan.ts': [right],
  'op_cumsum.ts': [right],
  'op_einsum.ts': [right],
  'op_floor_.ts': [right],
  'op_logsumexp.ts': [right],
  'op_normalize.ts': [right],
  'op_powneg2.ts': [right],
  'op_prod.ts': [right],
  'op_sign_abs.ts': [right],
  'op_sin.ts': [right],
  'op_tile.ts': [right],
  'op_topk.ts': [right],
  'op_where.ts': [right],
  'opset22.dy': [right],
  'padded_tokens.dy': [right],
  'param_exp.ts': [right],
  'param_matmul_pp.ts': [right],
  'param_norm.ts': [computed],
  'param_scalar.ts': [right],
  'param_scalar_add.ts': [right],
  'param_sigmoid.ts': [right],
  'param_softmax.ts': [right, computed],
  'param_softplus.ts': [right],
  'param_square.ts': [right],
  'param_sum.ts': [right],
  'pixelshuffle.ts': [right],
  'pools.ts': [right],
  'power_parameter.ts': [right],
  quantised: [{ is: 'refused', says: /it computes with quantised numbers/ }],
  'random_fourier.ts': [right],
  'report.bn_train': [right],
  'report.lm_ignore': [right],
  'report.lm_padidx': [right, { is: 'right', options: { freeze: ['e.weight[0]'] }, parameters: 472 }],
  'report.lm_tied_dynamo': [right],
  'report.segconv': [right],
  'report.two_outputs': [
    { is: 'refused', says: /expected the output .* one of "9", "10"; got none/ },
    { is: 'right', options: { output: '9' }, parameters: 53 },
  ],
  'rnn_tanh.ts': [right],
  'rotary.ts': [right],
  'scatter_add.ts': [right],
  'seg_deeplab_interp.ts': [right],
  'seg_dilated.ts': [right],
  'sinh.dy': [right],
  'sinusoidal_pe.ts': [right],
  'siren.ts': [right],
  'sorted.dy': [right],
  'spatial_transformer.dy': [right],
  'standardised.ts': [right],
  'tied_layer_zero_bias.ts': [right],
  'timm_edgenext.ts': [right],
  'transposed3d.ts': [right],
  'triangle.dy': [right],
  'trilinear.ts': [right],
  'truncated.dy': [right],
  'tv_efficientnet_narrow.ts': [folded],
  'tv_maxvit_narrow.ts': [folded],
  'tv_shufflenet_narrow.ts': [folded],
  'tv_swin_narrow.ts': [right, computed],
  'tv_vgg11_bn_narrow.ts': [folded],
  'two_inputs_bert.ts': [
    { is: 'refused', says: /expected values for "attention_mask", integers \[any, 7\]/ },
    // The expected numbers are of other arrays: of these, ONNX Runtime computes a loss of 1.10153 too, where they have 1.10331.
    { is: 'failing', options: { input: [`attention_mask=${networkFile('two_inputs_bert.ts', 'mask.npy')}`] } },
  ],
  'two_outputs.ts': [{ is: 'refused', says: /one of "features", "logits"; got none/ }, output('logits')],
  'unet_tiny.dy': [right],
  'weight_norm.ts': [computed],
  'weight_norm_conv.ts': [computed],
  'windows.ts': [right],
};
