import { describe, expect, it } from 'vitest';
import { Spool } from './Spool.ts';

const limits = { memory: 10, file: 1000, total: 10_000 };

async function readAll(spool: Spool): Promise<string> {
  const parts: string[] = [];
  for await (const part of spool.read()) parts.push(part.toString());
  return parts.join('');
}

describe('a spool', () => {
  it('gives back what was written, in order, whoever is faster', async () => {
    const spool = new Spool(limits);
    const words = Array.from({ length: 200 }, (_, at) => `word ${String(at)}\n`);
    const reading = readAll(spool);
    for (const [at, word] of words.entries()) {
      await spool.write(word);
      if (at % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    spool.end();
    expect(await reading).toBe(words.join(''));
  });

  it('takes all that has room before anybody reads', async () => {
    const spool = new Spool(limits);
    for (let at = 0; at < 100; at++) await spool.write('123456789\n');
    spool.end();
    expect(await readAll(spool)).toBe('123456789\n'.repeat(100));
  });

  it('makes the writer wait for the reader when it is full, and not for ever', async () => {
    const spool = new Spool({ ...limits, file: 40 });
    let written = 0;
    const writing = (async () => {
      for (; written < 20; written++) await spool.write('123456789\n');
      spool.end();
    })();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(written).toBe(5);
    expect(await readAll(spool)).toBe('123456789\n'.repeat(20));
    await writing;
  });

  it('shares its room with others, and gives it back', async () => {
    const [one, other] = [new Spool({ ...limits, total: 40 }), new Spool({ ...limits, total: 40 })];
    for (let at = 0; at < 5; at++) await one.write('123456789\n');
    await other.write('123456789\n');
    let kept = false;
    const waiting = other.write('123456789\n').then(() => (kept = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(kept).toBe(false);
    one.end();
    await readAll(one);
    other.end();
    expect(await readAll(other)).toBe('123456789\n'.repeat(2));
    await waiting;
  });

  it('tells the writer that the reader is gone, and the reader that the writer failed', async () => {
    const left = new Spool(limits);
    await left.write('123456789\n');
    await left.read().return();
    const reading = left.read();
    await reading.next();
    await reading.return();
    await expect(left.write('x')).rejects.toThrow('The client stopped reading.');
    const broken = new Spool(limits);
    await broken.write('kept\n');
    broken.fail(new Error('no database'));
    const rest = broken.read();
    expect((await rest.next()).value?.toString()).toBe('kept\n');
    await expect(rest.next()).rejects.toThrow('no database');
  });
});
