/** Why a request is not answered. */
export interface Refusal {
  /** HTTP status. */
  readonly status: number;
  /** SCREAMING_CASE, for programs. */
  readonly code: string;
  /** What was given, what was expected and what to do. */
  readonly message: string;
}

/** Looks a header up by its name in lower case; nothing when the request does not have it. */
export type HeaderOf = (name: string) => string | null | undefined;
