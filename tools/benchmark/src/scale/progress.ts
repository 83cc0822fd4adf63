/** Where the benchmark is, on standard error: what it measured goes to standard output alone. */

const began = performance.now();

export function progress(text: string): void {
  process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${text}\n`);
}
