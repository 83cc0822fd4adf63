/** The secret part of tokens: 256 random bits, of which only the SHA-256 is kept. */
import { createHash, randomBytes } from 'node:crypto';

const prefix = 'ritz_';
const shape = /^ritz_[A-Za-z0-9_-]{43}$/;

/** A new secret, such as `ritz_` and 43 characters of base64url. */
export function makeSecret(): string {
  return prefix + randomBytes(32).toString('base64url');
}

/** 32 bytes; `null` for what was never handed out as a secret. A secret of 256 random bits needs no salt and no stretching. */
export function hashSecret(secret: string): Buffer | null {
  return shape.test(secret) ? createHash('sha256').update(secret).digest() : null;
}
