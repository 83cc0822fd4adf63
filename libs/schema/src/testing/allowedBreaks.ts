/** Breaking changes of the schema that were made on purpose since main's last commit, each with its reason. */
export const allowedBreaks: readonly {
  /** As `findBreakingChanges` of graphql describes it. */
  readonly change: string;
  readonly reason: string;
}[] = [];
