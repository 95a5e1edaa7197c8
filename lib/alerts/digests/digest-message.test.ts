import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slackLimits } from '../../slack/slack-limits.ts';
import { chooseInterval } from './choose-interval.ts';
import { type DigestMessageInput, type DigestSection, digestMessage } from './digest-message.ts';
import { readPeriod, writePeriod } from './digest-period.ts';

const quiet: DigestSection = {
  ...{ ruleName: 'Errors', projectName: 'web', link: 'https://postflow.example/rules/7/?referrer=digest_slack' },
  ...{ status: 'closed', now: '3 events in the last hour', whole: 'The last 7 days: 40 events; lowest 0, highest 9.' },
  incidents: { count: 0, open: 0 },
  chart: { fileId: 'F1', altText: 'Errors: highest 9.' },
};
const input: DigestMessageInput = {
  ...{ name: 'The week', period: '7 days', from: '2026-03-02T08:00:00.000Z', until: '2026-03-09T08:00:00.000Z' },
  ...{ rulesGone: 0, sections: [quiet] },
};
const critical = { ...quiet, status: 'critical', startedAt: '2026-03-09T07:00:00.000Z' } as const;
const text = (changes: Partial<DigestMessageInput>) =>
  JSON.stringify(digestMessage({ ...input, ...changes }).box.blocks);

describe('the message of a digest', () => {
  it('is a title, and for each rule a section with its picture', () => {
    const { text: title, box } = digestMessage({ ...input, sections: [quiet, { ...quiet, chart: undefined }] });
    expect(title).toBe('*The week*: the last 7 days');
    expect(box.blocks.map(({ type }) => type)).toEqual(['section', 'image', 'section', 'context']);
    expect(box.fallback).toBe('Errors: 3 events in the last hour. Errors: 3 events in the last hour');
  });

  it.each([
    [['closed', 'closed'], '#4DC771'],
    [['closed', 'warning'], '#FFC227'],
    [['warning', 'critical'], '#FA4747'],
  ] as const)('has the colour of the worst of %j', (statuses, color) => {
    const sections = statuses.map((status) => ({ ...quiet, status }));
    expect(digestMessage({ ...input, sections }).box.color).toBe(color);
  });

  it('says how long something is wrong, and how often it was', () => {
    const words = text({ sections: [{ ...critical, incidents: { count: 3, open: 1 } }] });
    expect(words).toContain('*Critical* <!date^1773039600^since {date_short_pretty}');
    expect(words).toContain('3 incidents, one not over.');
    expect(text({})).toContain('No incidents.');
  });

  it('is no good news of a rule that finds nothing because it cannot be read', () => {
    const blind = { ...quiet, blindSince: '2026-03-09T07:00:00.000Z' };
    expect(text({ sections: [blind] })).toContain(
      '*Cannot be read, so that no incidents are found,* <!date^1773039600^since {date_short_pretty}',
    );
    expect(digestMessage({ ...input, sections: [quiet, blind] }).box.color).toBe('#FFC227');
    expect(text({ sections: [{ ...critical, blindSince: critical.startedAt }] })).toContain('*Critical* <!date');
  });

  it('says that it is late, what is left out, and that the charts are missing', () => {
    expect(text({ lateSince: input.until })).toContain('comes late');
    expect(text({ rulesGone: 2 })).toContain('2 rules of this digest are gone');
    expect(text({ chartsMissing: true })).toContain('charts could not be shown');
    expect(text({ sections: [{ ...quiet, now: undefined }] })).not.toContain('undefined');
  });

  it('lets no text from outside mention anybody or break a link', () => {
    const any = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('<!channel>', '*x*|y', 'a\nb', '<@U1>'));
    fc.assert(
      fc.property(any, any, any, (name, ruleName, projectName) => {
        const { text: title, box } = digestMessage({ ...input, name, sections: [{ ...quiet, ruleName, projectName }] });
        expect(title).not.toMatch(/[<>\n\r]/u);
        const [section] = box.blocks.map((block) => JSON.stringify(block));
        expect(section?.replace(/<https:[^<>|]+\|\*[^<>*\n]*\*>/u, '')).not.toMatch(/[<>]/u);
        expect(box.fallback).not.toMatch(/[<>]/u);
      }),
    );
  });

  it.each([
    ['alerting', critical],
    ['blind', { ...quiet, blindSince: critical.startedAt }],
  ])('stays inside the limits of Slack with ten %s rules at their longest', (_, shown) => {
    const long = '&'.repeat(5_000);
    const link = `https://postflow.${'x'.repeat(40)}.example/organizations/acme/alerts/rules/details/4510974078877696/`;
    const section: DigestSection = {
      ...{ ...shown, ruleName: long, projectName: long, now: long, whole: long },
      ...{ link: `${link}?alert=99999999&referrer=digest_slack`, incidents: { count: 50, open: 50 } },
      chart: { fileId: 'F0123456789', altText: long },
    };
    const sections = Array.from({ length: 10 }, () => section);
    const { text: title, box } = digestMessage({
      ...{ ...input, name: long, sections, lateSince: input.until, next: input.until },
      ...{ rulesGone: 9, chartsMissing: true },
    });
    expect(box.blocks.length).toBeLessThanOrEqual(50);
    expect(JSON.stringify([title, box]).length).toBeLessThan(slackLimits.messageCharacters);
  });
});

describe('a period', () => {
  it.each([
    ['1h', 3_600, '1h'],
    ['24h', 86_400, '1d'],
    ['7d', 604_800, '7d'],
    ['1w', 604_800, '7d'],
    ['13w', 7_862_400, '91d'],
  ])('%s is %i seconds, and written as %s', (written, seconds, again) => {
    expect(readPeriod(written)).toBe(seconds);
    expect(writePeriod(seconds)).toBe(again);
  });

  it.each(['', '7', 'd', '0d', '14w', '1y', '-1d', '1.5d', '7 d', '99999h'])('%j is none', (written) => {
    expect(readPeriod(written)).toBeUndefined();
  });
});

describe('the steps of a period', () => {
  const [minute, hour, day] = [60, 3_600, 86_400] as const;

  it.each([
    ['a day of five minutes', day, 5 * minute, 5 * minute, minute],
    ['a day of minutes', day, minute, 5 * minute, minute],
    ['a day of days', day, day, 5 * minute, minute],
    ['an hour of minutes', hour, minute, minute, minute],
    ['a week of five minutes', 7 * day, 5 * minute, hour, hour],
    ['a week of hours', 7 * day, hour, hour, hour],
    ['a week of days', 7 * day, day, day, hour],
    ['a month of minutes', 30 * day, minute, 3 * hour, hour],
    ['a quarter of hours', 90 * day, hour, day, day],
  ])('of %s are so long, and read from coarse buckets where it is long', (_, period, window, interval, granularity) => {
    expect(chooseInterval(period, window)).toEqual({ intervalSeconds: interval, granularitySeconds: granularity });
  });
});
