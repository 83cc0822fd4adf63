/** The store that RITZ_STORE names: a folder that all machines share, or `s3://bucket/prefix`. */
import path from 'node:path';
import { DirectoryStore } from './DirectoryStore.ts';
import { StoreError, type ObjectStore } from './ObjectStore.ts';

/** Default: in the data directory. Throws a StoreError (STORE_SETTING) for an invalid place. */
export async function openStore(environment: Readonly<Record<string, string | undefined>>): Promise<ObjectStore> {
  const place = environment['RITZ_STORE']?.trim();
  if (!place) return new DirectoryStore(path.join(environment['RITZ_DATA']?.trim() || '.ritz', 'store'));
  if (!/^[a-z][a-z0-9+.-]+:\/\//i.test(place)) return new DirectoryStore(place);
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*?))?\/*$/.exec(place) ?? [];
  if (bucket === undefined) {
    const expected = 'a folder or s3://bucket/prefix';
    throw new StoreError('STORE_SETTING', `RITZ_STORE: expected ${expected}, got ${JSON.stringify(place)}.`);
  }
  const { S3Store } = await import('./S3Store.ts');
  const endpoint = environment['RITZ_S3_ENDPOINT']?.trim() || undefined;
  return new S3Store({ bucket, prefix: prefix === '' ? '' : `${prefix}/`, endpoint });
}
