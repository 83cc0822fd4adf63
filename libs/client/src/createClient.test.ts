import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { ClientError, createClient, RunProgressDocument, FinishRunDocument } from './index.ts';

const servers: Server[] = [];

/** A real server on a free port that answers every request alike and remembers what it was sent. */
async function answering(status: number, body: string): Promise<{ url: string; received: unknown[] }> {
  const received: unknown[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => (text += String(chunk)));
    request.on('end', () => {
      received.push(JSON.parse(text));
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${String(address.port)}/graphql`, received };
}

async function failure(promise: Promise<unknown>): Promise<ClientError> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ClientError)) throw new Error(`Expected a ClientError, got ${String(error)}.`);
  return error;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

describe('createClient', () => {
  it('sends the text of the operation with its variables and resolves to the data', async () => {
    const data = { finishRun: { run: { id: 'a', status: 'FINISHED' }, userErrors: [] } };
    const { url, received } = await answering(200, JSON.stringify({ data }));
    const result = await createClient({ url }).request(FinishRunDocument, { input: { id: 'a', status: 'FINISHED' } });
    expect(result).toEqual(data);
    expect(received).toEqual([
      { query: FinishRunDocument.toString(), variables: { input: { id: 'a', status: 'FINISHED' } } },
    ]);
  });

  it('says UNREACHABLE and how to start the API when nothing listens', async () => {
    const { url } = await answering(200, '{}');
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    const error = await failure(createClient({ url }).request(RunProgressDocument, { id: 'a' }));
    expect(error).toMatchObject({ code: 'UNREACHABLE', status: null });
    expect(error.message).toContain(url);
    expect(error.message).toContain('npm start');
  });

  it('says HTTP with the status and what came instead of GraphQL', async () => {
    const { url } = await answering(404, '<h1>Not here</h1>');
    const error = await failure(createClient({ url }).request(RunProgressDocument, { id: 'a' }));
    expect(error).toMatchObject({ code: 'HTTP', status: 404 });
    expect(error.message).toContain('<h1>Not here</h1>');
  });

  it.each([200, 400])('says GRAPHQL with every message, whatever the status (%i)', async (status) => {
    const { url } = await answering(status, JSON.stringify({ errors: [{ message: 'One.' }, { message: 'Two.' }] }));
    const error = await failure(createClient({ url }).request(RunProgressDocument, { id: 'a' }));
    expect(error).toMatchObject({ code: 'GRAPHQL', status, messages: ['One.', 'Two.'], message: 'One.\nTwo.' });
  });

  it('refuses an answer without data', async () => {
    const { url } = await answering(200, JSON.stringify({ data: null }));
    const error = await failure(createClient({ url }).request(RunProgressDocument, { id: 'a' }));
    expect(error.code).toBe('GRAPHQL');
  });

  it('rejects with the reason of its signal', async () => {
    const { url } = await answering(200, '{}');
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    const request = createClient({ url }).request(RunProgressDocument, { id: 'a' }, { signal: controller.signal });
    await expect(request).rejects.toThrow('enough');
  });
});
