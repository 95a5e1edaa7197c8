/** Advance widths of DejaVu Sans for the characters from space to tilde, in hundredths of the font size. */
const widths = [
  32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84,
  84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79, 60, 79, 69, 63, 61, 73, 68, 99, 69, 61,
  69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63, 63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59,
  82, 59, 59, 52, 64, 34, 64, 84,
];
const otherWidth = 75;
/** Bold letters are wider by about this much. */
const boldFactor = 1.11;

/** What the bundled font can draw of left-to-right text: Latin, Greek, Cyrillic, and signs. */
const undrawable =
  /[^\u0020-\u007e\u00a0-\u024f\u0370-\u0482\u048a-\u0523\u1e00-\u1efb\u2010-\u2027\u20a0-\u20b5\u2190-\u21ff]/gu;

/** A font size, and whether it is bold. */
export interface TextSize {
  readonly size: number;
  readonly bold?: boolean;
}

/** How wide a text is drawn, in the pixels of its font size. */
export function textWidth(text: string, { size, bold = false }: TextSize): number {
  let hundredths = 0;
  for (const character of text) hundredths += widths[(character.codePointAt(0) ?? 0) - 32] ?? otherWidth;
  return (hundredths / 100) * size * (bold ? boldFactor : 1);
}

/** The text, or as much of it as fits with an ellipsis. */
export function fitText(text: string, maxWidth: number, font: TextSize): string {
  if (textWidth(text, font) <= maxWidth) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, font) > maxWidth) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** The text on one line with what the font can draw; the other text where it can draw less than half of it. */
export function drawableText(text: string, other = '?'): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const drawn = line.replace(undrawable, '').replace(/\s+/gu, ' ').trim();
  return drawn.length * 2 < line.length || drawn === '' ? other : drawn;
}
