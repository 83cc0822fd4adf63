/** Reasons of deprecation: what to use instead, and until when both are there. */

/** Why a field is no longer wanted, and how long it stays. */
export function deprecatedFor(field: string, why: string): string {
  return `Use \`${field}\`, ${why}. Not removed before 2027-12-01.`;
}
