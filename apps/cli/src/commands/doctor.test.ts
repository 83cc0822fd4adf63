import { freePort } from '@ritz/testing';
import { expect, it } from 'vitest';
import { dataDirectory, processesOf, runRitz } from '../testing/ritz.ts';

const timeout = 120_000;

it('says what works and which engine is fastest, and stops the database it started', { timeout }, async () => {
  const data = dataDirectory();
  const { code, stdout } = await runRitz(['doctor'], { RITZ_DATA: data });
  expect(stdout).toContain(`✓ Node           ${process.version}`);
  expect(stdout).toMatch(/✓ PostgreSQL +\d+\.\d+ \(embedded, data in /);
  expect(stdout).toMatch(/✓ onnx-cpu +[\d.]+ ms, relative error \d\.\d+e-\d+/);
  expect(stdout).toMatch(/Ritz can work here\. Fastest engine: \S+\.\n$/);
  expect(code).toBe(0);
  expect(processesOf(data)).toEqual([]);
});

it('ends with 1 when the database does not work, and still tries the engines', { timeout }, async () => {
  const url = `postgres://ada:secret@127.0.0.1:${await freePort()}/ritz`;
  const { code, stdout, stderr } = await runRitz(['doctor'], { DATABASE_URL: url });
  expect(stdout).toMatch(/✗ PostgreSQL +Cannot reach PostgreSQL at 127\.0\.0\.1:\d+\/ritz as ada/);
  expect(stdout).toMatch(/✓ onnx-cpu/);
  expect(stderr).toContain('Ritz cannot work here yet. Not usable: PostgreSQL.');
  expect(stdout + stderr).not.toContain('secret');
  expect(code).toBe(1);
});
