import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { UnauthenticatedError } from '../../lib/platform/errors.ts';
import { slackSignature, verifySlackRequest, verifySlackToken } from '../../lib/slack/index.ts';

/** What compares something secret with what a stranger has sent. */
const comparers = ['lib/slack/verify-request.ts', 'lib/slack/verification-token.ts', 'lib/platform/signed-text.ts'];

describe('secrets', () => {
  // How long a comparison takes cannot be measured well among other tests; how it is written can be read.
  it.each(comparers)('are compared in constant time in %s, and in no other way', (file) => {
    const source = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
    expect(source).toMatch(/\b(timingSafeEqual|equalInConstantTime)\(/);
    expect(source).not.toMatch(/\b(?:signature|expected|token|sent|code)\b *(?:===|!==|==|!=) *\b(?!undefined|'')/i);
  });

  const body = Buffer.from('text=help');
  const right = slackSignature('secret', '1', body);

  // `timingSafeEqual` throws for texts of different lengths.
  it.each(['', 'v', 'v0=', right.slice(1), `${right}0`, right.repeat(1_000), '\0', '€'.repeat(67), '\ud800'])(
    'are asked for as usual when %j comes in their place',
    (signature) => {
      expect(() => verifySlackRequest({ signature, timestamp: '1', body }, 'secret', 1)).toThrow(UnauthenticatedError);
      const sent = Buffer.from(JSON.stringify({ token: signature }));
      expect(() => verifySlackToken(sent, 'secret')).toThrow(UnauthenticatedError);
    },
  );
});
