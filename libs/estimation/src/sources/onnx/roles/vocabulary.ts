/** What the last part of a PyTorch name says: `weight` of `encoder.0.weight`. */

/** The part behind the last dot. */
export function leafOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Names of torch.nn and of the usual libraries for what is learned. */
const learned: readonly RegExp[] = [
  /(^|_)(weights?|bias(es)?|kernel|gamma|beta|alpha|scale|shift|gain|slope|gate|temperature|logit_scale)(_|\d|$)/i,
  /(token|embed|embedding|embeddings|emb|query|queries|prompt|prompts|latents?|prototypes?|centroids?|codebook|table)s?(_?\d*)$/i,
  /^(A_log|A_logs|D|Ds|dt_bias|dt_proj|lora_[AB]|original\d*|layer_?scale\w*|ls\d*|gamma\d*|lambda\d*|lamb|theta|phi)$/,
  /^(pos|position|positions|pos_emb\w*|rel_pos\w*|relative_position_bias\w*|positional_embedding)$/,
  /^(p|q|u|v|w|W|U|V|b|c|params?|factor|coefs?|coefficients|log_\w+|h0|c0|init_\w+)\d*$/,
];

/** Names for what is stored with a module and not learned. */
const stored: readonly RegExp[] = [
  /^(running_\w+|num_batches_tracked|\w*_ids|\w*_index|\w*mask\w*|mask)$/i,
  /^(pe|pos_enc\w*|positional_encoding\w*|inv_freq\w*|freqs?\w*|freq\w*|sin\w*|cos\w*|div_term|timescales?)$/i,
  /^(mean|std|var|mu|sigma|pixel_\w+|image_\w+|data_\w+|norm_mean|norm_std|loc|eps|epsilon)$/i,
  /^(A|A_?hat|A_?norm|adj\w*|adjacency\w*|L|laplacian\w*|edge_\w+|degree\w*|incidence\w*|support)$/,
  /^(anchors?\w*|grid\w*|coords?\w*|window\w*|filt|filter|filters|blur\w*|sobel\w*|gaussian\w*|dct\w*|basis|fb|mel\w*|stft\w*)$/i,
  /^(const\w*|buf|buffer\w*|ema\w*|shadow\w*|table_fixed|zeros|ones|eye|identity|I)$/i,
  /(_buffer|_const|_constant|_fixed|_cached|_cache)$/i,
];

export type NameSays = 'learned' | 'stored' | 'nothing';

export function whatNameSays(name: string): NameSays {
  const leaf = leafOf(name);
  if (stored.some((pattern) => pattern.test(leaf))) return 'stored';
  return learned.some((pattern) => pattern.test(leaf)) ? 'learned' : 'nothing';
}

/** Whether the TorchScript exporter made the name up: `onnx::MatMul_12`, `/layer/Constant_output_0`, `57`. */
export function isGenerated(name: string): boolean {
  return /^(onnx::|\/|\d+$)/.test(name);
}
