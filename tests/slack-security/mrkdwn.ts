interface TextObject {
  readonly type: string;
  readonly text: string;
}

/** Every text of a message that Slack reads as mrkdwn, wherever it stands. */
export function mrkdwnIn(message: unknown): string[] {
  if (typeof message !== 'object' || message === null) return [];
  if (Array.isArray(message)) return message.flatMap(mrkdwnIn);
  if (isMrkdwn(message)) return [message.text];
  const { text } = message as { readonly text?: unknown };
  const isMessage = typeof text === 'string' && !('type' in message);
  return [...(isMessage ? [text] : []), ...Object.values(message).flatMap(mrkdwnIn)];
}

/** What Slack would act upon in a text: `<…>`, each with what it leads to and without what is shown in its place. */
export function controlsIn(text: string): string[] {
  return [...text.matchAll(/<([^<>|]*)(?:\|[^<>]*)?>/g)].map(([, target = '']) => target);
}

/** What of a text is neither a control sequence (the first `|` ends its target, others are shown) nor written as text has to be. */
export function brokenIn(text: string): string[] {
  const rest = text.replace(/<(?:[^<>|\s]*|!date\^[^<>|\n\r]*)(?:\|[^<>\n\r]*)?>/g, '');
  return rest.match(/[<>]|&(?!(?:amp|lt|gt);)/g) ?? [];
}

function isMrkdwn(value: object): value is TextObject {
  return 'type' in value && value.type === 'mrkdwn' && 'text' in value && typeof value.text === 'string';
}
