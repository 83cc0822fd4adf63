import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@ritz/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type S3Server, startS3Server } from '@ritz/testing';
import { fetchContent, putContent } from './content.ts';
import type { ObjectStore } from './ObjectStore.ts';
import { openStore } from './openStore.ts';

let s3: S3Server;
beforeAll(async () => {
  Object.assign(process.env, { AWS_REGION: 'none', AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' });
  s3 = await startS3Server();
});
afterAll(() => s3.stop());

const stores: [string, () => Promise<ObjectStore>][] = [
  ['a folder', async () => openStore({ RITZ_STORE: path.join(await temporaryFolder(), 'shared') })],
  ['a bucket', () => openStore({ RITZ_STORE: 's3://models/team/', RITZ_S3_ENDPOINT: s3.endpoint })],
];

describe.each(stores)('%s as a store', (_, open) => {
  it('keeps objects, lists and removes them', async () => {
    const store = await open();
    expect([await store.get('a/b'), await store.has('a/b'), await store.list('a/')]).toEqual([null, false, []]);
    for (const key of ['a/c/2', 'a/b', 'd']) await store.put(key, Buffer.from(key));
    await store.put('a/b', Buffer.from('newer'));
    expect((await store.get('a/b'))?.toString()).toBe('newer');
    expect(await store.list('a/')).toEqual(['a/b', 'a/c/2']);
    await store.removeAll('a/');
    await store.removeAll('not there/');
    expect([await store.list('a/'), await store.has('d')]).toEqual([[], true]);
  });

  it('gives a file by the hash of its bytes, and nothing else for it', async () => {
    const [store, folder] = [await open(), await temporaryFolder()];
    const content = Buffer.from('weights');
    const hash = await putContent(store, content);
    expect(hash).toBe('9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c');
    const file = await fetchContent(store, hash, folder);
    expect(await fs.readFile(file)).toEqual(content);
    // A copy that was damaged here is brought again.
    await fs.writeFile(file, 'damaged');
    expect(await fs.readFile(await fetchContent(store, hash, folder))).toEqual(content);
    await store.put(`objects/${hash.slice(0, 2)}/${hash}`, Buffer.from('other'));
    await expect(fetchContent(store, hash, await temporaryFolder())).rejects.toMatchObject({ code: 'HASH_DIFFERS' });
    await expect(fetchContent(store, '0'.repeat(64), folder)).rejects.toMatchObject({ code: 'STORE_MISSING' });
  });
});

describe('a store that cannot be used', () => {
  it('says what RITZ_STORE may be', async () => {
    await expect(openStore({ RITZ_STORE: 'ftp://host/x' })).rejects.toMatchObject({
      code: 'STORE_SETTING',
      message: 'RITZ_STORE: expected a folder or s3://bucket/prefix, got "ftp://host/x".',
    });
  });

  it('says that a server does not answer', async () => {
    const store = await openStore({ RITZ_STORE: 's3://models', RITZ_S3_ENDPOINT: 'http://127.0.0.1:1' });
    await expect(store.get('a')).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
  });

  it('says that a folder is a file', async () => {
    const file = path.join(await temporaryFolder(), 'file');
    await fs.writeFile(file, '');
    const store = await openStore({ RITZ_STORE: file });
    await expect(store.put('a', Buffer.alloc(1))).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
  });

  it('says that it is full, and keeps what was there', async () => {
    const folder = await temporaryFolder();
    const module = fileURLToPath(new URL('../../dist/store/DirectoryStore.js', import.meta.url));
    const program = `import { DirectoryStore } from ${JSON.stringify(module)};
      const store = new DirectoryStore(${JSON.stringify(folder)});
      await store.put('a', Buffer.alloc(9000));
      const failure = await store.put('b', Buffer.alloc(200000)).catch((error) => error);
      console.log(JSON.stringify([failure.code, failure.message, (await store.get('a')).length, await store.list('')]));`;
    // The shell's unit is 512 or 1024 bytes: room for the first object, not for the second.
    const shell = `ulimit -f 24; exec "${process.execPath}" --input-type=module -`;
    const { stdout } = spawnSync('sh', ['-c', shell], { input: program, encoding: 'utf8' });
    const message = `${folder} is full (EFBIG). Free some space there.`;
    expect(JSON.parse(stdout)).toEqual(['STORE_FULL', message, 9000, ['a']]);
  });
});
