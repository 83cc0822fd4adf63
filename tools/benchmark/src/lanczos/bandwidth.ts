/** How fast one core of this machine moves bytes, measured between the steps that are compared with it. */
import fs from 'node:fs';
import path from 'node:path';
import { timed, type Seconds } from './seconds.ts';

export interface Peer {
  readonly bytes: number;
  /** What moving them once takes: the least of three. */
  measure(): Seconds;
  close(): void;
}

const bytes = 2 ** 28;
const repeats = 3;

function least(body: () => void): Seconds {
  const times = Array.from({ length: repeats }, () => timed(body));
  return { clock: Math.min(...times.map(({ clock }) => clock)), cpu: Math.min(...times.map(({ cpu }) => cpu)) };
}

/** A copy that fits no cache: read and written. */
export function memoryPeer(): Peer {
  const source = new Float64Array(bytes / 16).fill(1);
  const target = new Float64Array(bytes / 16).fill(2);
  const measure = (): Seconds =>
    least(() => {
      target.set(source);
    });
  return { bytes, measure, close: () => undefined };
}

/** A file read in one stream: from the disk, or from the system's memory where it has kept it. */
export function filePeer(directory: string): Peer {
  const chunk = new Uint8Array(2 ** 20).fill(7);
  const folder = fs.mkdtempSync(path.join(directory, 'ritz-bandwidth-'));
  const descriptor = fs.openSync(path.join(folder, 'bytes'), 'w+');
  fs.rmSync(folder, { recursive: true });
  for (let at = 0; at < bytes; at += chunk.length) fs.writeSync(descriptor, chunk, 0, chunk.length, at);
  const measure = (): Seconds =>
    least(() => {
      for (let at = 0; at < bytes; at += chunk.length) fs.readSync(descriptor, chunk, 0, chunk.length, at);
    });
  return {
    bytes,
    measure,
    close: () => {
      fs.closeSync(descriptor);
    },
  };
}
