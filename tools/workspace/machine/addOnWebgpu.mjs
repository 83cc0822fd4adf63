/** `node addOnWebgpu.mjs <driver>`: ends with 0 where ONNX Runtime adds two numbers on that Vulkan driver by WebGPU. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** An ONNX model of opset 13: y = x + x, with x of shape [2] in float32. */
const model = 'CAgSADo1Cg4KAXgKAXgSAXkiA0FkZBIBZ1oPCgF4EgoKCAgBEgQKAggCYg8KAXkSCgoICAESBAoCCAJCBAoAEA0=';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'swiftshader-'));
let sum;
try {
  const description = { file_format_version: '1.0.0', ICD: { library_path: process.argv[2], api_version: '1.1.0' } };
  process.env.VK_ICD_FILENAMES = path.join(folder, 'icd.json');
  fs.writeFileSync(process.env.VK_ICD_FILENAMES, JSON.stringify(description));
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  const session = await InferenceSession.create(Buffer.from(model, 'base64'), {
    executionProviders: ['webgpu'],
    logSeverityLevel: 4,
  });
  const { y } = await session.run({ x: new Tensor('float32', [1, 2], [2]) });
  sum = String(y.data);
} finally {
  fs.rmSync(folder, { recursive: true });
}
process.exit(sum === '2,4' ? 0 : 1);
