/**
 * Finds SwiftShader, the software Vulkan driver that Chromium ships, on which the WebGPU engine is tested without a GPU.
 * Vulkan's loader is a package of its own (Debian: libvulkan1); Chromium's copy of it serves Chromium alone.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const folders = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];

/** Whether ONNX Runtime finds a WebGPU device on this driver and adds on it. In a process of its own, as a driver can crash it. */
function adds(driver) {
  const program = path.join(import.meta.dirname, 'addOnWebgpu.mjs');
  return spawnSync(process.execPath, [program, driver], { stdio: 'ignore', timeout: 120_000 }).status === 0;
}

/** @returns {string | undefined} the driver's library, where the WebGPU engine runs on it */
function findSwiftShader() {
  return folders
    .map((folder) => path.join(folder, 'libvk_swiftshader.so'))
    .find((driver) => fs.existsSync(driver) && adds(driver));
}

/** @returns {{ RITZ_SWIFTSHADER: string }} what the tests are told: the driver's library; "" where WebGPU cannot be tested */
export function swiftShaderEnvironment() {
  return { RITZ_SWIFTSHADER: findSwiftShader() ?? '' };
}
