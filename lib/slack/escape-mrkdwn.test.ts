import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutText, escapeMrkdwn } from './escape-mrkdwn.ts';

const anyText = fc.string({ unit: fc.constantFrom('<', '>', '&', '!', '@', '#', '|', 'a', ' ', '\n', '😀', 'é') });

describe('text from outside in mrkdwn', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['a & b', 'a &amp; b'],
    ['x|y', 'x|y'],
    ['&lt;', '&amp;lt;'],
  ])('%j becomes %j', (text, escaped) => {
    expect(escapeMrkdwn(text)).toBe(escaped);
  });

  it('keeps no control sequence, and reads as it was written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const escaped = escapeMrkdwn(text);
        expect(escaped).not.toMatch(/[<>]/);
        expect(escaped.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')).toBe(text);
      }),
    );
  });
});

describe('cutting', () => {
  it.each([
    ['short enough', 20, 'short enough'],
    ['the quick brown fox jumps', 18, 'the quick brown…'],
    ['x'.repeat(30), 10, `${'x'.repeat(9)}…`],
    [`${'x'.repeat(8)}😀😀`, 10, `${'x'.repeat(8)}…`],
  ])('%j to %i is %j', (text, longest, cut) => {
    expect(cutText(text, longest)).toBe(cut);
  });

  it('never exceeds the limit nor splits a character', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 40 }), (text, longest) => {
        const cut = cutText(text, longest);
        expect(cut.length).toBeLessThanOrEqual(longest);
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });
});
