import * as fc from 'fast-check';

const pieces = [
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<!subteam^S0123ABCD>',
  '<!date^0^{date}|now>',
  '<@U0123ABCD>',
  '<#C0123ABCD|general>',
  '<https://evil.example|Sign in again>',
  '<mailto:a@evil.example|a>',
  '&lt;!channel&gt;',
  '&amp;lt;',
  '&#60;!channel&#62;',
  '>',
  '<',
  '|',
  '&',
  '!',
  '@',
  '`',
  '```',
  '*',
  '_',
  '~',
  '\n',
  '\n> ',
  '\r',
  '\u2028',
  '\0',
  '\u202e',
  '\ud800',
  '</a><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onfocus='alert(1)",
  '" autofocus onfocus="alert(1)',
  '</title>',
  '<!-- ',
  '{{1}}',
  'javascript:alert(1)',
  'https://evil.example/',
  'x|y',
  ' ',
  'web',
  '%3E',
  '👩‍👩‍👧',
]; // prettier-ignore

/** A name or a text that somebody chose who means no good: what Slack or a browser could take for more than text. */
const outsideText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 })
  .map((parts) => parts.join(''));

/** Gives the text that stands under a name; another one for each. */
export type Outside = (name: string) => string;

/** Says what anybody would say. */
export const harmless: Outside = (name) => `the ${name}`;

/** Says something of that kind wherever it is asked. */
export const hostile: fc.Arbitrary<Outside> = fc.array(outsideText, { minLength: 1, maxLength: 5 }).map((texts) => {
  let asked = 0;
  const given = new Map<string, string>();
  return (name) => {
    const text = given.get(name) ?? texts[asked % texts.length] ?? '';
    asked += given.has(name) ? 0 : 1;
    given.set(name, text);
    return text;
  };
});
