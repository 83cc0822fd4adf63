/** The engines that run on any machine, on every op. */
import { agreesOnEveryOp } from '../testing/opAgreement.ts';
import { createEngine } from './createEngine.ts';

agreesOnEveryOp('onnx-cpu in float32', () => createEngine({ engine: 'onnx-cpu', threads: 1 }));
agreesOnEveryOp('tfjs-wasm', () => createEngine({ engine: 'tfjs-wasm' }));
