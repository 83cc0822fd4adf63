/** How fast this machine moves bytes, measured in the same run as what is compared with it. */
import fs from 'node:fs';
import path from 'node:path';

const repeats = 5;

function fastest(bytes: number, body: () => void): number {
  let best = 0;
  for (let i = 0; i < repeats; i++) {
    const started = performance.now();
    body();
    best = Math.max(best, bytes / ((performance.now() - started) / 1000));
  }
  return best;
}

/** Bytes read and written per second by a copy that fits no cache. */
export function memoryBandwidth(): number {
  const bytes = 2 ** 28;
  const source = new Float64Array(bytes / 8).fill(1);
  const target = new Float64Array(bytes / 8);
  return fastest(2 * bytes, () => {
    target.set(source);
  });
}

/** Bytes per second of a file read in one stream: from the disk, or from the system's memory where it has kept them. */
export function fileBandwidth(directory: string): number {
  const bytes = 2 ** 28;
  const chunk = new Uint8Array(2 ** 20).fill(7);
  const folder = fs.mkdtempSync(path.join(directory, 'ritz-bandwidth-'));
  const descriptor = fs.openSync(path.join(folder, 'bytes'), 'w+');
  fs.rmSync(folder, { recursive: true });
  try {
    for (let at = 0; at < bytes; at += chunk.length) fs.writeSync(descriptor, chunk, 0, chunk.length, at);
    return fastest(bytes, () => {
      for (let at = 0; at < bytes; at += chunk.length) fs.readSync(descriptor, chunk, 0, chunk.length, at);
    });
  } finally {
    fs.closeSync(descriptor);
  }
}
