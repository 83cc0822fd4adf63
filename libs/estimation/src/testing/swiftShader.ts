/** SwiftShader, the Vulkan driver in software that Chromium ships: WebGPU engines run on it where there is no GPU. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/** Whether WebGPU can be tested: always in continuous integration, where a missing driver is a failure and no reason to skip. */
export function canTestWebGpu(): boolean {
  return process.env['CI'] === 'true' || library() !== undefined;
}

/** Makes Vulkan use SwiftShader; before the first WebGPU engine of the process. */
export function useSwiftShader(): void {
  const file = library();
  if (file === undefined) throw new Error(`libvk_swiftshader.so was not found in ${folders.join(', ')}`);
  const description = { file_format_version: '1.0.0', ICD: { library_path: file, api_version: '1.1.0' } };
  const icd = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'swiftshader-')), 'icd.json');
  fs.writeFileSync(icd, JSON.stringify(description));
  process.env['VK_ICD_FILENAMES'] = icd;
}

function library(): string | undefined {
  return folders.map((folder) => path.join(folder, 'libvk_swiftshader.so')).find((file) => fs.existsSync(file));
}
