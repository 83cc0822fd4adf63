/** A store in a bucket of Amazon S3 or of any server with its protocol. */
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { StoreError, type ObjectStore } from './ObjectStore.ts';

export interface S3Options {
  readonly bucket: string;
  /** Prepended to every key; empty, or ends with a slash. */
  readonly prefix: string;
  /** A server other than Amazon's. */
  readonly endpoint?: string | undefined;
}

/** Maximum number of keys per delete request. */
const removedAtOnce = 1000;

export class S3Store implements ObjectStore {
  readonly place: string;
  private readonly client: S3Client;
  private readonly bucket: string;
  private readonly prefix: string;

  /** Credentials and region are found as the SDK finds them (AWS_ACCESS_KEY_ID, AWS_REGION, …). Nothing is sent yet. */
  constructor({ bucket, prefix, endpoint }: S3Options) {
    this.place = `s3://${bucket}/${prefix}`;
    this.bucket = bucket;
    this.prefix = prefix;
    // Other servers have the bucket in the path, not in the host name.
    this.client = new S3Client(endpoint === undefined ? {} : { endpoint, forcePathStyle: true });
  }

  async put(key: string, content: Uint8Array): Promise<void> {
    await this.attempt('written', () => this.client.send(new PutObjectCommand({ ...this.named(key), Body: content })));
  }

  get(key: string): Promise<Buffer | null> {
    return this.attempt('read', async () => {
      const { Body } = await this.client.send(new GetObjectCommand(this.named(key)));
      return Body ? Buffer.from(await Body.transformToByteArray()) : Buffer.alloc(0);
    });
  }

  async has(key: string): Promise<boolean> {
    const found = await this.attempt('read', () => this.client.send(new HeadObjectCommand(this.named(key))));
    return found !== null;
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for (let token: string | undefined; ;) {
      const page = await this.attempt('read', () =>
        this.client.send(
          new ListObjectsV2Command({ Bucket: this.bucket, Prefix: this.prefix + prefix, ContinuationToken: token }),
        ),
      );
      keys.push(...(page?.Contents ?? []).map(({ Key = '' }) => Key.slice(this.prefix.length)));
      token = page?.NextContinuationToken;
      if (token === undefined) return keys.sort();
    }
  }

  async removeAll(prefix: string): Promise<void> {
    const keys = await this.list(prefix);
    for (let first = 0; first < keys.length; first += removedAtOnce) {
      const Objects = keys.slice(first, first + removedAtOnce).map((key) => ({ Key: this.prefix + key }));
      await this.attempt('written', () =>
        this.client.send(new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } })),
      );
    }
  }

  private named(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.bucket, Key: this.prefix + key };
  }

  /** Null when there is no such object. */
  private async attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work();
    } catch (cause) {
      const name = cause instanceof Error ? cause.name : String(cause);
      if (name === 'NoSuchKey' || name === 'NotFound') return null;
      const why = cause instanceof S3ServiceException ? `${name}: ${cause.message}` : String(cause);
      const advice = 'Check RITZ_STORE, RITZ_S3_ENDPOINT and the AWS_… credentials and region.';
      throw new StoreError('STORE_UNREACHABLE', `${this.place} could not be ${what} (${why}). ${advice}`, { cause });
    }
  }
}
