const address = /(https?:\/\/[^\s<>]+)/;
const trailing = /[.,;:!?'")\]]+$/;

/** What somebody typed, as Slack stores and sends it: `&`, `<` and `>` escaped, addresses in angle brackets. */
export function storedText(typed: string): string {
  return pieces(typed)
    .map(({ text, isLink }) => (isLink ? `<${escapeText(text)}>` : escapeText(text)))
    .join('');
}

/** The addresses in what somebody typed, each once, escaped as Slack sends them. */
export function linksIn(typed: string): string[] {
  return [...new Set(pieces(typed).flatMap(({ text, isLink }) => (isLink ? [escapeText(text)] : [])))];
}

function pieces(typed: string): { text: string; isLink: boolean }[] {
  return typed.split(address).flatMap((text, index) => {
    if (index % 2 === 0) return [{ text, isLink: false }];
    const rest = trailing.exec(text)?.[0] ?? '';
    const link = text.slice(0, text.length - rest.length);
    return URL.canParse(link)
      ? [
          { text: link, isLink: true },
          { text: rest, isLink: false },
        ]
      : [{ text, isLink: false }];
  });
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
