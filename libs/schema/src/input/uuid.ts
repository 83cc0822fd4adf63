/** Identifiers: raw UUIDs, made by whoever creates a thing, so that sending it twice is harmless. */
import { badInput } from './badInput.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** Says how `id`, given as `name`, fails to be a UUID. */
function notAUuid(name: string, id: string): string {
  const shown = id.length > 80 ? `${id.slice(0, 80)}…` : id;
  return `${name}: got ${JSON.stringify(shown)}, expected a UUID such as "3f2504e0-4f89-41d3-9a0c-0305e82c3301".`;
}

/** Returns `id` in lower case, as PostgreSQL prints it. Throws BAD_USER_INPUT if it is no UUID. */
export function requireUuid(name: string, id: string): string {
  if (!isUuid(id)) throw badInput(notAUuid(name, id));
  return id.toLowerCase();
}
