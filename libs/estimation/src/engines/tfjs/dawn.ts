/** WebGPU in Node for the TensorFlow.js backend that expects a browser: Dawn, from the optional `webgpu` package. */

/** What is used of the package. */
interface Dawn {
  readonly create: (flags: string[]) => unknown;
  readonly globals: Readonly<Record<string, unknown>>;
}

function isDawn(module: unknown): module is Dawn {
  return typeof module === 'object' && module !== null && 'create' in module && 'globals' in module;
}

/** Defines `navigator.gpu` and the WebGPU constants unless something has; `load` imports the package. */
export async function provideWebGpu(load: () => Promise<unknown>): Promise<void> {
  const present = (globalThis as { navigator?: { gpu?: unknown } }).navigator;
  if (present?.gpu !== undefined) return;
  const dawn = await load();
  if (!isDawn(dawn))
    throw new TypeError('the `webgpu` package has no `create` and `globals`; version 0.6.2 is known to work');
  Object.assign(globalThis, dawn.globals);
  const navigator = { userAgent: 'node', gpu: dawn.create([]) };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true, writable: true });
}
