import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateBlocks } from './validate-blocks.ts';

const letters = (count: number) => 'a'.repeat(count);
const items = <Item>(count: number, item: (index: number) => Item) => Array.from({ length: count }, (_, i) => item(i));
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (more: object) => ({ type: 'section', text: mrkdwn('x'), ...more });
const image = (more: object) => ({ type: 'image', alt_text: 'x', image_url: 'https://x.example/y.png', ...more });
const button = (more: object) => ({ type: 'button', text: plain('x'), ...more });
const actions = (more: object) => ({ type: 'actions', elements: [button(more)] });
const address = (length: number) => `https://x.example/${letters(length - 'https://x.example/'.length)}`;

function problems(blocks: unknown): readonly string[] {
  const check = validateBlocks(blocks, '/blocks');
  return 'problems' in check ? check.problems : [];
}

describe('each limit: the most that Slack takes passes, one more does not', () => {
  test.each<[string, (count: number) => unknown[], number, string]>([
    ['blocks of a message', (n) => items(n, () => ({ type: 'divider' })), 50, '/blocks'],
    ['block id', (n) => [section({ block_id: letters(n) })], 255, '/blocks/0/block_id'],
    ['section text', (n) => [section({ text: mrkdwn(letters(n)) })], 3000, '/blocks/0/text/text'],
    ['fields', (n) => [section({ fields: items(n, () => mrkdwn('x')) })], 10, '/blocks/0/fields'],
    ['field', (n) => [section({ fields: [plain(letters(n))] })], 2000, '/blocks/0/fields/0/text'],
    ['header', (n) => [{ type: 'header', text: plain(letters(n)) }], 150, '/blocks/0/text/text'],
    ['context elements', (n) => [{ type: 'context', elements: items(n, () => mrkdwn('x')) }], 10, '/blocks/0/elements'],
    ['alt text', (n) => [image({ alt_text: letters(n) })], 2000, '/blocks/0/alt_text'],
    ['image title', (n) => [image({ title: plain(letters(n)) })], 2000, '/blocks/0/title/text'],
    ['image address', (n) => [image({ image_url: address(n) })], 3000, '/blocks/0/image_url'],
    ['actions', (n) => [{ type: 'actions', elements: items(n, () => button({})) }], 25, '/blocks/0/elements'],
    ['button text', (n) => [actions({ text: plain(letters(n)) })], 75, '/blocks/0/elements/0/text/text'],
    ['button value', (n) => [actions({ value: letters(n) })], 2000, '/blocks/0/elements/0/value'],
    ['button address', (n) => [actions({ url: address(n) })], 3000, '/blocks/0/elements/0/url'],
    ['action id', (n) => [actions({ action_id: letters(n) })], 255, '/blocks/0/elements/0/action_id'],
  ])('%s', (_, build, most, pointer) => {
    expect(problems(build(most))).toEqual([]);
    const [problem, ...others] = problems(build(most + 1));
    expect(problem).toMatch(new RegExp(`^more than ${most} (characters|items) \\[json-pointer:${pointer}\\]$`));
    expect(others).toEqual([]);
  });
});

describe('structure', () => {
  test.each<[string, unknown, string]>([
    ['no list', {}, '/blocks]'],
    ['a block without a type', [{}], '/blocks/0/type]'],
    ['an unknown type', [{ type: 'poem' }], '/blocks/0/type]'],
    ['a missing field', [{ type: 'header' }], 'a required field is missing: text [json-pointer:/blocks/0]'],
    [
      'an unknown property',
      [{ type: 'divider', colour: 'red' }],
      'unknown properties: colour [json-pointer:/blocks/0]',
    ],
    ['an empty text', [section({ text: mrkdwn('') })], 'fewer than 1 character [json-pointer:/blocks/0/text/text]'],
    ['a section of nothing', [{ type: 'section' }], 'a section needs text or fields [json-pointer:/blocks/0]'],
    ['mrkdwn in a header', [{ type: 'header', text: mrkdwn('x') }], '/blocks/0/text/type]'],
    ['an empty context', [{ type: 'context', elements: [] }], 'fewer than 1 item [json-pointer:/blocks/0/elements]'],
    ['an image from two places', [image({ slack_file: { id: 'F1' } })], 'either image_url or slack_file'],
    ['an image from nowhere', [image({ image_url: undefined })], 'either image_url or slack_file'],
    ['an address without a scheme', [image({ image_url: 'x.example/y.png' })], '/blocks/0/image_url]'],
    ['an address that runs something', [actions({ url: 'javascript:alert(1)' })], '/blocks/0/elements/0/url]'],
    ['an empty address', [actions({ url: '' })], '/blocks/0/elements/0/url]'],
    ['an unknown style', [actions({ style: 'loud' })], '/blocks/0/elements/0/style]'],
    ['one block id twice', [section({ block_id: 'a' }), section({ block_id: 'a' })], '/blocks/1/block_id]'],
    [
      'one action id twice',
      [{ type: 'actions', elements: [button({ action_id: 'a' }), button({ action_id: 'a' })] }],
      '/blocks/0/elements/1/action_id]',
    ],
  ])('%s is refused', (_, blocks, part) => {
    expect(problems(blocks).join('\n')).toContain(part);
  });

  test('whatever comes, the answer is blocks or problems', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const check = validateBlocks(value, '/blocks');
        expect('blocks' in check || check.problems.length > 0).toBe(true);
      }),
    );
  });

  test('blocks of every kind come back as they were sent', () => {
    const blocks = [
      section({ accessory: image({}), fields: [mrkdwn('a'), plain('b')] }),
      { type: 'header', text: { ...plain('x'), emoji: true } },
      { type: 'divider', block_id: 'line' },
      { type: 'context', elements: [image({}), mrkdwn('x')] },
      image({ title: plain('x') }),
      actions({ url: 'https://x.example', style: 'primary', confirm: { text: mrkdwn('Sure?') } }),
    ];
    expect(validateBlocks(blocks, '/blocks')).toEqual({ blocks });
  });
});
