/** Formulae of the claims, which reports write in plain letters, as a page sets them. */
export function typeset(text: string): string {
  return text
    .replaceAll('log10', 'log₁₀')
    .replaceAll('λ1', 'λ₁')
    .replace(/(\d) %/g, '$1\u00a0%');
}
