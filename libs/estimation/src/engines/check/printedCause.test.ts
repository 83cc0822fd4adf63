import { expect, it } from 'vitest';
import { printedCause } from './printedCause.ts';

it.each([
  [
    "2026-03-01 10:00:00.123456: W tensorflow/stream_executor/platform/default/dso_loader.cc:64] Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file",
    "Could not load dynamic library 'libcudart.so.11.0'; dlerror: libcudart.so.11.0: cannot open shared object file",
  ],
  [
    '\u001b[1;31m2026-03-01 10:00:00.123456789 [E:onnxruntime:, provider_bridge_ort.cc:2195 TryGetProviderInfo_CUDA] Failed to load library libonnxruntime_providers_cuda.so\u001b[m',
    'Failed to load library libonnxruntime_providers_cuda.so',
  ],
  [
    'Loading …\nfailed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected\n',
    'failed call to cuInit: CUDA_ERROR_NO_DEVICE: no CUDA-capable device is detected',
  ],
])('the line that says what is wrong, without time and file', (printed, cause) => {
  expect(printedCause(printed)).toBe(cause);
});

it('nothing for what says nothing', () => {
  expect(printedCause('')).toBeNull();
  expect(printedCause('Creating TensorFlow device with 1024 MB memory\n')).toBeNull();
});

it('a long line is cut', () => expect(printedCause(`error ${'x'.repeat(500)}`)).toMatch(/^error x+…$/));
