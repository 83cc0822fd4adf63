/** SwiftShader, the software Vulkan driver that Chromium ships: WebGPU engines run on it where there is no GPU. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** Empty where WebGPU does not work on it; see `tools/workspace/machine/swiftShader.mjs`. */
const driver = process.env['RITZ_SWIFTSHADER'] ?? '';

/** Whether WebGPU can be tested: always in continuous integration, where a missing driver is a failure and no reason to skip. */
export function canTestWebGpu(): boolean {
  return process.env['CI'] === 'true' || driver !== '';
}

/** Makes Vulkan use SwiftShader; before the first WebGPU engine of the process. */
export function useSwiftShader(): void {
  if (driver === '') throw new Error('WebGPU does not run here on SwiftShader. Install Chromium and libvulkan1.');
  const description = { file_format_version: '1.0.0', ICD: { library_path: driver, api_version: '1.1.0' } };
  const icd = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'swiftshader-')), 'icd.json');
  fs.writeFileSync(icd, JSON.stringify(description));
  process.env['VK_ICD_FILENAMES'] = icd;
}
