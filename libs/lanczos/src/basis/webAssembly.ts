/** The part of the WebAssembly interface used here, typed: browser and Node have it, the compiler's ES libraries do not. */

/** Shared: threads that are sent it work on the same bytes. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
}

export type WasmModule = object;

interface WasmInterface {
  readonly Memory: new (descriptor: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly host: { readonly memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

export const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: WasmInterface };

/** The unit of a memory's size, and the maximum number of units. */
const pageBytes = 65_536;
const maxPages = 65_536;
export const maxMemoryBytes = pageBytes * maxPages;

/** Zeros, of which the system commits only what is written. Throws a RangeError when they cannot be allocated. */
export function sharedMemory(bytes: number): WasmMemory {
  const pages = Math.ceil(bytes / pageBytes);
  return new wasm.Memory({ initial: pages, maximum: pages, shared: true });
}
