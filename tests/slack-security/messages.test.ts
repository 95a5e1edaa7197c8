import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageBuilders, ourUrl } from './message-builders.ts';
import { brokenIn, controlsIn, mrkdwnIn } from './mrkdwn.ts';
import { harmless, hostile } from './outside-text.ts';

/** What our own messages may ask Slack to do: lead to us, show a time, mention whom we know. */
const isOurs = (target: string): boolean =>
  target.startsWith(`${ourUrl}/`) || /^!date\^\d+\^/.test(target) || target === '@U0ADA00001';

describe.each(Object.entries(messageBuilders))('%s', (_, build) => {
  it('says something, whole', () => {
    const texts = mrkdwnIn(build(harmless));
    expect(texts.join('')).not.toBe('');
    expect(texts.flatMap(brokenIn)).toEqual([]);
    expect(texts.flatMap(controlsIn).filter((target) => !isOurs(target))).toEqual([]);
  });

  it('neither notifies anybody nor leads elsewhere, whatever others have named their things', async () => {
    const controls = mrkdwnIn(build(harmless)).flatMap(controlsIn).length;
    await fc.assert(
      fc.asyncProperty(hostile, async (outside) => {
        const texts = mrkdwnIn(build(outside));
        expect(texts.filter((text) => brokenIn(text).length > 0)).toEqual([]);
        const targets = texts.flatMap(controlsIn);
        expect(targets.filter((target) => !isOurs(target))).toEqual([]);
        expect(targets).toHaveLength(controls);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is looked for', () => {
  it.each([
    ['<!channel>', ['!channel']],
    ['<https://evil.example|x>', ['https://evil.example']],
    ['&lt;!channel&gt;', []],
  ])('is found in %j', (text, targets) => {
    expect(controlsIn(text)).toEqual(targets);
    expect(brokenIn(text)).toEqual([]);
  });

  it.each(['a < b', 'a > b', 'a & b', '<https://x.example|a\nb>', '<https://x .example|a>', '<a<b>|c>'])(
    'is broken in %j',
    (text) => {
      expect(brokenIn(text)).not.toEqual([]);
    },
  );

  it('is found wherever Slack reads mrkdwn', () => {
    const block = { type: 'section', text: { type: 'mrkdwn', text: 'b' }, fields: [{ type: 'mrkdwn', text: 'c' }] };
    const plain = { type: 'button', text: { type: 'plain_text', text: 'not this' } };
    expect(mrkdwnIn({ text: 'a', blocks: [block, plain], attachments: [{ blocks: [block] }] })).toEqual([
      'a',
      'b',
      'c',
      'b',
      'c',
    ]);
  });
});
