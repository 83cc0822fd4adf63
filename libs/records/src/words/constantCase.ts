/** Words as constants: the one place where the spelling of GraphQL and Python meets that of everything else. */

/** `warmup-cosine` as `WARMUP_COSINE`. */
export type ConstantCase<Word extends string> = Word extends `${infer First}-${infer Rest}`
  ? `${Uppercase<First>}_${ConstantCase<Rest>}`
  : Uppercase<Word>;

/** The constant that GraphQL and Python use for a word. */
export function constantOf<const Word extends string>(word: Word): ConstantCase<Word> {
  return word.replaceAll('-', '_').toUpperCase() as ConstantCase<Word>;
}

/** The word behind a constant, typed by the list it is one of; `undefined` when it is none of them. */
export function wordOf<const Word extends string>(words: readonly Word[], constant: ConstantCase<NoInfer<Word>>): Word;
export function wordOf<const Word extends string>(words: readonly Word[], constant: string): Word | undefined;
export function wordOf<const Word extends string>(words: readonly Word[], constant: string): Word | undefined {
  return words.find((word) => constantOf(word) === constant);
}
