import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import type { CaseRemark } from './case.ts';
import { mqlRemarks } from './mql/remarks.ts';
import { runCase } from './run-case.ts';
import { slackRemarks } from './slack/slack-remarks.ts';

const folder = new URL('./', import.meta.url);
const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };

const recordedDefect = { differsOnPurpose: 'a recorded defect of the other system' };
const safely = { differsOnPurpose: 'a recorded defect of the other system; ours is safe' };
const noLock = { differsOnPurpose: 'there is no lock: two builds that set commits at the same time both succeed' };

/** All that has to be said of cases: what they cannot ask of us, and where we differ; the differences have tests of their own. */
const remarks: Readonly<Record<string, CaseRemark>> = {
  'release-016': noLock,
  'release-075': safely,
  'release-081': noLock,
  'release-083': recordedDefect,
  'release-093': safely,
  'release-100': {
    notExpressed:
      'no issue trackers of others are connected, so that no status is sent to them; the rest of the case holds',
  },
  'release-105': safely,
  'release-106': recordedDefect,
  'release-120': { differsOnPurpose: 'only what directly follows the keyword is fixed, with or without #' },
  'release-161': recordedDefect,
  'alerts-051-margin-fires-and-resolves': {
    differsOnPurpose: 'a value inside the resolve margin neither opens nor closes',
  },
  'alerts-056-rate-limit-wraps-daily': { differsOnPurpose: 'the ten-minute limit uses the real age' },
  ...slackRemarks,
  'render-051': { differsOnPurpose: 'what cannot be sent is stored with its reason, so that operators see it' },
  ...mqlRemarks,
};

for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { id: string }[];
  describe(file, () => {
    it.each(cases)('$id', async (testCase) => {
      const { id } = testCase;
      const { report, ...result } = await runCase(testCase, engines);
      expect(result, report).toEqual({ id, passed: true, ...remarks[id] });
    });
  });
}

describe('the case runner', () => {
  const base = {
    id: 'x-1',
    area: 'snowflake',
    given: {},
    when: { segment_length: 0 },
    then: { error: 'E', message: 'm' },
  };

  it.each([
    ['an unknown key of given', { ...base, given: { unknown: 1 } }],
    ['an unknown key of when', { ...base, when: { segment_length: 0, more: 1 } }],
    ['an unknown key of then', { ...base, then: { error: 'E', message: 'm', more: 1 } }],
    ['an unknown key of the case', { ...base, extra: 1 }],
    ['an unknown area', { ...base, area: 'astrology' }],
    ['another outcome', { ...base, when: { models: ['User'] }, then: { uses_snowflake: { User: true } } }],
    ['an error that does not come', { ...base, when: { segment_length: 4 } }],
    ['something that is no case', 7],
  ])('fails on %s', async (_, testCase) => {
    const result = await runCase(testCase, engines);
    expect(result.passed).toBe(false);
    expect(result.report).not.toBe('');
  });

  it('passes a recorded defect of the other system that we do not share, and says so', async () => {
    const defect = {
      ...base,
      when: { models: ['User'] },
      then: { uses_snowflake: { User: true } },
      upstream_defect: true,
    };
    expect(await runCase(defect, engines)).toMatchObject({
      passed: true,
      differsOnPurpose: 'a recorded defect of the other system',
    });
  });
});
