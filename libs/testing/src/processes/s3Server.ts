/**
 * The least that speaks the S3 protocol: objects of one process's memory, put, read, looked for, listed and deleted by the AWS SDK
 * over HTTP. No signatures are checked.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface S3Server {
  readonly endpoint: string;
  /** By `bucket/key`. */
  readonly objects: Map<string, Buffer>;
  stop(): Promise<void>;
}

export async function startS3Server(): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    void answer(objects, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { endpoint: `http://127.0.0.1:${port}`, objects, stop };
}

async function answer(objects: Map<string, Buffer>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const name = decodeURIComponent(pathname.slice(1));
  const body = await bodyOf(request);
  const xml = (status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${text}`);
  };
  const object = objects.get(name);
  if (request.method === 'PUT') {
    objects.set(name, body);
    response.writeHead(200, { etag: '"0"' }).end();
  } else if (request.method === 'POST' && searchParams.has('delete')) {
    const keys = [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key);
    for (const key of keys) objects.delete(`${name.replace(/\/$/, '')}/${key}`);
    xml(200, '<DeleteResult/>');
  } else if (searchParams.get('list-type') === '2') {
    const bucket = name.replace(/\/$/, '');
    const keys = [...objects.keys()].filter((key) => key.startsWith(`${bucket}/${searchParams.get('prefix') ?? ''}`));
    const contents = keys.map((key) => `<Contents><Key>${key.slice(bucket.length + 1)}</Key></Contents>`);
    xml(200, `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join('')}</ListBucketResult>`);
  } else if (object) {
    response.writeHead(200, { 'content-length': object.length });
    response.end(request.method === 'HEAD' ? undefined : object);
  } else if (request.method === 'HEAD') {
    response.writeHead(404).end();
  } else {
    xml(404, '<Error><Code>NoSuchKey</Code><Message>There is no such key.</Message></Error>');
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
