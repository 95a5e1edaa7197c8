import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackLimits } from '../slack/slack-limits.ts';
import { incidentLink } from './incident-link.ts';
import { type IncidentMessageInput, incidentMessage } from './incident-message.ts';

const input: IncidentMessageInput & { readonly startedAt: string } = {
  status: 'critical',
  ruleName: 'Checkout errors',
  projectName: 'web',
  statusText: 'sum(checkout.errors) is 11 over the last minute',
  startedAt: '2024-08-12T13:00:00.000Z',
  link: 'https://postflow.example/x?alert=1&referrer=y',
  organization: 'acme',
  incident: 7,
};

const button = (action: string, text: string, changes: object) => ({
  type: 'button',
  action_id: `incident.${action}`,
  text: { type: 'plain_text', text },
  ...changes,
});
const acknowledge = button('acknowledge', 'Acknowledge', { value: 'acme/7', style: 'primary' });
const resolve = button('resolve', 'Resolve', { value: 'acme/7' });
const chart = button('chart', 'Last 24 hours', { value: 'acme/7' });
const open = button('open', 'Open', { url: input.link });

const anyText = fc.string({
  unit: fc.constantFrom('<', '>', '&', '!', '@', '|', '*', '_', '~', '`', 'a', ' ', '\n', '\u2028', '😀'),
});

describe('the message of an incident', () => {
  it('has a title with a link, and in a box what the number is, since when, and of what', () => {
    expect(incidentMessage(input)).toEqual({
      text: '<https://postflow.example/x?alert=1&referrer=y|*Critical: Checkout errors*>',
      box: {
        color: '#FA4747',
        fallback: 'Critical: Checkout errors (sum(checkout.errors) is 11 over the last minute)',
        blocks: [
          {
            type: 'section',
            text: {
              type: 'mrkdwn',
              text: 'sum(checkout.errors) is 11 over the last minute\n<!date^1723467600^Started {date_pretty} at {time}|Started 2024-08-12 13:00 UTC>',
            },
          },
          { type: 'context', elements: [{ type: 'mrkdwn', text: 'Rule *Checkout errors* in project *web*' }] },
          { type: 'actions', elements: [acknowledge, resolve, chart, open] },
        ],
      },
    });
  });

  it.each([
    ['critical', 'Critical', '#FA4747'],
    ['warning', 'Warning', '#FFC227'],
    ['closed', 'Resolved', '#4DC771'],
  ] as const)('shows %s as %s in %s', (status, label, color) => {
    const message = incidentMessage({ ...input, status });
    expect(message.text).toContain(`*${label}: Checkout errors*`);
    expect(message.box.color).toBe(color);
  });

  it('says of when it is when it comes late, in the time of its reader', () => {
    const [, late] = incidentMessage({ ...input, lateSince: '2024-08-12T13:01:00.000Z' }).box.blocks;
    const time = '<!date^1723467660^{date_short_pretty} at {time}|2024-08-12 13:01 UTC>';
    const text = `This is how it was at ${time}; it could not be told before.`;
    expect(late).toEqual({ type: 'context', elements: [{ type: 'mrkdwn', text }] });
    expect(JSON.stringify(incidentMessage(input))).not.toContain('could not be told');
  });

  it('says who did something about it, by the name that their workspace knows', () => {
    const by = { kind: 'acknowledged', at: '2024-08-12T13:05:00.000Z', name: 'Ada <3', mention: 'U1' } as const;
    const ended = { ...by, kind: 'resolved', at: '2024-08-12T13:10:00.000Z', mention: undefined } as const;
    const blocks = incidentMessage({ ...input, status: 'closed', deeds: [by, ended] }).box.blocks;
    expect(blocks.slice(2)).toEqual([
      {
        type: 'context',
        elements: [
          {
            type: 'mrkdwn',
            text: 'Acknowledged by <@U1>, <!date^1723467900^{date_short_pretty} at {time}|2024-08-12 13:05 UTC>\nResolved by Ada &lt;3, <!date^1723468200^{date_short_pretty} at {time}|2024-08-12 13:10 UTC>',
          },
        ],
      },
      { type: 'actions', elements: [open] },
    ]);
  });

  it.each([
    ['critical', [], [acknowledge, resolve, chart, open]],
    ['warning', [], [acknowledge, resolve, chart, open]],
    ['warning', ['acknowledged'], [resolve, chart, open]],
    ['closed', [], [open]],
    ['closed', ['acknowledged', 'resolved'], [open]],
  ] as const)('offers, while it is %s and %j, what can still be done', (status, kinds, elements) => {
    const deeds = kinds.map((kind) => ({ kind, at: input.startedAt, name: 'Ada' }));
    const blocks = incidentMessage({ ...input, status, deeds }).box.blocks;
    expect(blocks.at(-1)).toEqual({ type: 'actions', elements });
  });

  it.each(['critical', 'warning', 'closed'] as const)('as a reply only leads to its page: %s', (status) => {
    const blocks = incidentMessage({ ...input, status, isReply: true }).box.blocks;
    expect(blocks.at(-1)).toEqual({ type: 'actions', elements: [open] });
  });

  it.each([
    ['a & b <c>', 'a &amp; b &lt;c&gt;'],
    ['<!channel>', '&lt;!channel&gt;'],
    ['two\nlines', 'two lines'],
    ['x|y', 'x|y'],
    ['snake_case_2 __init__', 'snake_case_2 ˍˍinitˍˍ'],
    ['a*b* _c_ ~d~ `e`', 'a∗b∗ ˍcˍ ∼d∼ ˋeˋ'],
  ])('shows a rule called %j as it is called', (ruleName, shown) => {
    expect(incidentMessage({ ...input, ruleName }).text).toBe(`<${input.link}|*Critical: ${shown}*>`);
  });

  it('shows the name as it is where nothing is formatted, and keeps the bold whole where something is', () => {
    const { box } = incidentMessage({ ...input, ruleName: '*urgent*' });
    expect(box.fallback).toContain('Critical: *urgent* (');
    expect(box.blocks[1]).toMatchObject({ elements: [{ text: 'Rule *∗urgent∗* in project *web*' }] });
  });

  it('lets no text from outside mention anybody, break the link or exceed a limit', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (ruleName, projectName, statusText) => {
        const { text, box } = incidentMessage({ ...input, ruleName, projectName, statusText });
        expect(text).toMatch(/^<https:[^<>|]+\|\*[^<>*~`\n\r\u2028]*\*>$/u);
        const [section, context] = box.blocks.map((block) => JSON.stringify(block));
        expect(section?.replace(/<!date\^\d+\^[^<>]+>/u, '')).not.toMatch(/[<>]/u);
        expect(context).not.toMatch(/[<>]/u);
        expect(box.fallback).not.toMatch(/[<>]/u);
      }),
    );
  });

  it('stays inside the limits of Slack at its longest', () => {
    const long = '&'.repeat(5_000);
    const deeds = (['acknowledged', 'resolved'] as const).map((kind) => ({ kind, at: input.startedAt, name: long }));
    const names = { ruleName: long, projectName: long, environment: long, owner: long };
    const texts = { statusText: long, description: long, worst: long, chart: { fileId: 'F0123456789', altText: long } };
    const releases = { atStart: long, since: Array.from({ length: 30 }, () => long) };
    const { text, box } = incidentMessage({
      ...input,
      ...names,
      ...texts,
      releases,
      deeds,
      lateSince: input.startedAt,
    });
    for (const block of box.blocks) expect(JSON.stringify(block).length).toBeLessThan(slackLimits.blockTextCharacters);
    expect(JSON.stringify([text, box]).length).toBeLessThan(slackLimits.messageCharacters);
  });
});

describe('the link of an incident', () => {
  const reference = { publicUrl: 'https://postflow.example', organization: 'baz', ruleId: '7' };

  it.each([
    [{}, ''],
    [{ incident: 123 }, '?alert=123'],
    [{ incident: 123, referrer: 'metric_alert_slack' }, '?alert=123&referrer=metric_alert_slack'],
    [{ incident: 123, referrer: 'r', notificationId: 'u-1' }, '?alert=123&referrer=r&notification_uuid=u-1'],
  ])('with %o ends in %s', (changes, query) => {
    expect(incidentLink({ ...reference, ...changes })).toBe(
      `https://postflow.example/organizations/baz/alerts/rules/details/7/${query}`,
    );
  });
});
