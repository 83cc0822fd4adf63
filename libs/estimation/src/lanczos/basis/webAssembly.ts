/** The part of the WebAssembly interface used here, typed: browser and Node have it, the compiler's ES libraries do not. */

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

export type WasmModule = object;

interface WasmInterface {
  readonly Memory: new (descriptor: { readonly initial: number }) => WasmMemory;
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly host: { readonly memory: WasmMemory } },
  ) => { readonly exports: Readonly<Record<string, unknown>> };
}

export const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: WasmInterface };

/** The unit of a memory's size. */
export const wasmPage = 65_536;
