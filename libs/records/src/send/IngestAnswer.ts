/** The lines that `POST /ingest` answers with. */

/** One sent line was refused: the same line again would be refused again. */
export interface Refused {
  readonly status: 'REFUSED';
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

export type IngestAnswer =
  | { readonly status: 'CREATED' | 'UPDATED' | 'UNCHANGED'; readonly line: number }
  | Refused
  /** All was read and answered. */
  | { readonly status: 'DONE' }
  /** The server could not go on; what was not answered must be sent again. */
  | { readonly status: 'STOPPED'; readonly code: string; readonly message: string };

const statuses = new Set(['CREATED', 'UPDATED', 'UNCHANGED', 'REFUSED', 'DONE', 'STOPPED']);

/** Reads one line of the answer; `null` for one that this version does not know. */
export function readAnswer(text: string): IngestAnswer | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The connection broke in the middle of a line.
    return null;
  }
  if (typeof value !== 'object' || value === null || !('status' in value)) return null;
  return statuses.has(String(value.status)) ? (value as IngestAnswer) : null;
}
