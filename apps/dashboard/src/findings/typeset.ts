/** Typesets the formulae that claims write in plain letters. */
export function typeset(text: string): string {
  return text
    .replaceAll('log10', 'log₁₀')
    .replaceAll('λ1', 'λ₁')
    .replace(/(\d) %/g, '$1\u00a0%');
}
