/** Gives the content of the six files by name; `workspace` is an empty folder of its own that is deleted afterwards. */
export type Cifar10Source = (workspace: string, signal?: AbortSignal) => AsyncIterable<readonly [string, Uint8Array]>;
