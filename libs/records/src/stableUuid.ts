/** Identifiers that follow from what they name, so that the same command finds what it stored before. */
import { createHash } from 'node:crypto';

/** A UUID of the parts: SHA-256, with version 8 ("custom", RFC 9562) and variant bits set. */
export function stableUuid(...parts: readonly string[]): string {
  const hex = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
