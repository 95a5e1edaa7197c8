/**
 * Makes text from outside harmless in Slack's mrkdwn: only `&`, `<` and `>` are special there, and without them nothing
 * can mention, notify or break a link. Source: https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** `text` with at most `longest` characters: cut at a word where there is one, and marked with an ellipsis. */
export function cutText(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const room = text.slice(0, longest - 1);
  const lastSpace = room.search(/\s\S*$/u);
  const kept = lastSpace > longest / 2 ? room.slice(0, lastSpace) : room;
  // A character of two units is never cut in half.
  return `${kept.replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** The escaped text with at most `longest` characters: escaping makes some five times as long, and Slack counts those. */
export function escapeWithin(text: string, longest: number): string {
  // Escaping makes nothing shorter, so that what is behind is not looked at.
  let kept = Math.min(text.length, longest);
  let escaped = escapeMrkdwn(cutText(text, kept));
  while (escaped.length > longest && kept > 1) {
    kept = Math.min(kept - 1, Math.floor((kept * longest) / escaped.length));
    escaped = escapeMrkdwn(cutText(text, kept));
  }
  return escaped;
}
