/** Reads files that are being written: what stands in them, then what is added, also when a file is put aside meanwhile. */
import { open, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks at a file, in milliseconds. */
const pause = 250;

/** The lines of a file that exists; none when it does not. */
export async function* linesOf(file: string): AsyncGenerator<string, void> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return;
  try {
    yield* handle.readLines();
  } finally {
    await handle.close().catch(() => undefined);
  }
}

/** What is appended to `file` from `from` on, line by line, until the signal is aborted. */
export async function* appended(file: string, from: number, signal: AbortSignal): AsyncGenerator<string, void> {
  let position = from;
  let rest = Buffer.alloc(0);
  while (!signal.aborted) {
    const size = await sizeOf(file);
    // A new file stands where the one before was put aside.
    if (size < position) position = 0;
    if (size > position) {
      const handle = await open(file);
      try {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - position), 0, size - position, position);
        position += bytesRead;
        rest = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
      } finally {
        await handle.close();
      }
      for (let end = rest.indexOf(0x0a); end >= 0; end = rest.indexOf(0x0a)) {
        yield rest.subarray(0, end).toString();
        rest = rest.subarray(end + 1);
      }
    } else await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** 0 for a file that does not exist. */
export function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
