/** Text as HTML and SVG take it. */
export function escapeMarkup(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A number's text with the sign that is as wide as a plus. */
export function withMinus(text: string): string {
  return text.replaceAll('-', '−');
}
