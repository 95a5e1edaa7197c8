import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IssueCard, issueCard, issueMessage } from './issue-message.ts';
import { slackLimits } from './slack-limits.ts';

const card: IssueCard = {
  organization: 'acme',
  id: '42',
  shortId: 'WEB-1',
  link: 'https://postflow.example/organizations/acme/issues/42/',
  title: 'TypeError: x is not a function',
  culprit: 'checkout/pay.ts in pay',
  level: 'error',
  status: 'unresolved',
  substatus: 'new',
  inInbox: true,
  project: 'web',
  firstSeen: '2026-03-02T09:00:00.000Z',
  lastSeen: '2026-03-02T10:00:30.000Z',
  firstRelease: 'web@1.0',
  lastRelease: null,
  assignee: null,
};

const heading = '<https://postflow.example/organizations/acme/issues/42/|*WEB-1*> TypeError: x is not a function';
const labels = (given: IssueCard): string[] => {
  const block = issueMessage(given).box.blocks.find(({ type }) => type === 'actions');
  const { elements } = block as unknown as { readonly elements: readonly { text: { text: string } }[] };
  return elements.map(({ text }) => text.text);
};

const anyText = fc.string({
  unit: fc.constantFrom('<', '>', '&', '!', '@', '|', '*', '_', '#', '`', 'a', ' ', '\n', '\u2028', '😀'),
  maxLength: 400,
});

describe('the card of an issue', () => {
  it('says what it is, how it stands, where and when it was seen, and offers what can be done', () => {
    const { color, fallback, blocks } = issueCard(card);
    expect({ color, fallback }).toEqual({
      color: '#E1567C',
      fallback: 'WEB-1: TypeError: x is not a function (New)',
    });
    expect(blocks).toEqual([
      { type: 'section', text: { type: 'mrkdwn', text: heading } },
      { type: 'section', text: { type: 'mrkdwn', text: 'checkout/pay.ts in pay' } },
      {
        type: 'section',
        fields: [
          '*State*\nNew',
          '*Assigned to*\nnobody yet',
          '*Project*\nweb',
          '*Level*\nerror',
          '*First seen*\n<!date^1772442000^{date_short_pretty} at {time}|2026-03-02 09:00 UTC> in web@1.0',
          '*Last seen*\n<!date^1772445630^{date_short_pretty} at {time}|2026-03-02 10:00 UTC>',
        ].map((text) => ({ type: 'mrkdwn', text })),
      },
      {
        type: 'actions',
        elements: [
          ['issue.resolve', 'Resolve'],
          ['issue.archive', 'Archive'],
          ['issue.review', 'Mark reviewed'],
        ]
          .map(([action_id, text]): object => ({
            type: 'button',
            action_id,
            text: { type: 'plain_text', text },
            value: 'acme/42',
            ...(action_id === 'issue.resolve' && { style: 'primary' }),
          }))
          .concat({
            type: 'button',
            action_id: 'issue.open',
            text: { type: 'plain_text', text: 'Open' },
            url: card.link,
          }),
      },
    ]);
  });

  it('stands below its name in a message of its own', () => {
    const { text, box } = issueMessage(card);
    expect(text).toBe(heading);
    expect(box.blocks).toEqual(issueCard(card).blocks.slice(1));
  });

  it.each([
    [{}, 'New', ['Resolve', 'Archive', 'Mark reviewed', 'Open']],
    [{ substatus: 'ongoing', inInbox: false }, 'Ongoing', ['Resolve', 'Archive', 'Open']],
    [{ substatus: 'regressed' }, 'Back again', ['Resolve', 'Archive', 'Mark reviewed', 'Open']],
    [{ status: 'resolved', substatus: null }, 'Resolved', ['Reopen', 'Open']],
    [{ status: 'ignored', substatus: 'archived_forever' }, 'Archived', ['Reopen', 'Open']],
  ] as const)('with %j reads %s and offers %j', (changes, state, buttons) => {
    const given = { ...card, ...changes };
    expect(JSON.stringify(issueMessage(given).box.blocks)).toContain(`*State*\\n${state}`);
    expect(labels(given)).toEqual(buttons);
  });

  it.each([
    [{}, '#E1567C'],
    [{ level: 'fatal' }, '#D20F2A'],
    [{ level: 'no such level' }, '#E1567C'],
    [{ status: 'resolved' }, '#4DC771'],
    [{ status: 'ignored', level: 'fatal' }, '#9586A5'],
  ] as const)('with %j has an edge in %s', (changes, color) => {
    expect(issueCard({ ...card, ...changes }).color).toBe(color);
  });

  it('says what was just done, and has no line for a culprit that there is not', () => {
    const blocks = issueCard({ ...card, culprit: null, note: 'Resolved by <@U1>' }).blocks;
    expect(blocks.map(({ type }) => type)).toEqual(['section', 'section', 'context', 'actions']);
    expect(blocks[2]).toEqual({ type: 'context', elements: [{ type: 'mrkdwn', text: 'Resolved by <@U1>' }] });
  });

  it('lets no text from outside mention anybody or break the link', () => {
    fc.assert(
      fc.property(fc.tuple(anyText, anyText, anyText, anyText), ([title, culprit, project, assignee]) => {
        const texts = { title, culprit, project, assignee, shortId: title, firstRelease: culprit, level: project };
        const { text, box } = issueMessage({ ...card, ...texts });
        expect(text).toMatch(/^<https:[^<>|]+\|\*[^<>\n\r\u2028]*\*>[^<>\n\r\u2028]*$/u);
        const { elements: _, ...rest } = box.blocks.at(-1) as unknown as { elements: unknown };
        const shown = JSON.stringify([...box.blocks.slice(0, -1), rest]);
        expect(shown.replaceAll(/<!date\^\d+\^[^<>|]+\|[^<>]+>/gu, '')).not.toMatch(/[<>]/u);
        expect(box.fallback).not.toMatch(/[<>]/u);
      }),
    );
  });

  it('stays inside the limits of Slack at its longest', () => {
    const long = '&'.repeat(5_000);
    const texts = { title: long, culprit: long, project: long, assignee: long, shortId: long, level: long };
    const given = { ...card, ...texts, firstRelease: long, lastRelease: long, note: 'x'.repeat(300) };
    const blocks = issueCard(given).blocks;
    for (const block of blocks) {
      if ('text' in block) expect(JSON.stringify(block).length).toBeLessThan(slackLimits.blockTextCharacters);
    }
    expect(JSON.stringify([issueMessage(given), given.link]).length).toBeLessThan(slackLimits.messageCharacters);
  });
});
