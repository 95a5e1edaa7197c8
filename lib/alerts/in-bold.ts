/** What formats text in Slack, and what looks like it and does not. */
const lookAlikes: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };

/**
 * Text from outside for the middle of something bold: nothing in it ends the bold or formats a part of it. There is no
 * escape for these characters, so others stand in for them; `snake_case`, which Slack leaves alone, stays as it is.
 */
export function inBold(text: string): string {
  return text.replace(/[*~`]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, (found) =>
    Array.from(found, (character) => lookAlikes[character] ?? character).join(''),
  );
}
