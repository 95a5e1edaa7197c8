const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&#38;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Text and links as somebody typed them: Slack hands them on with a few characters written as HTML does. Undone once. */
export function unescapeText(text: string): string {
  return text.replaceAll(/&(?:amp|lt|gt|quot|#38|#39);/gu, (written) => characters[written] ?? written);
}
