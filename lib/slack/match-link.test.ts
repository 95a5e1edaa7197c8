import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchLink } from './match-link.ts';

const own = 'https://postflow.example';
const alerts = `${own}/organizations/acme/alerts/rules/details/12345/`;
const alert = { kind: 'alert', organization: 'acme', ruleId: '12345' };

describe('a link', () => {
  it.each([
    [alerts, alert],
    [alerts.slice(0, -1), alert],
    [`${alerts}?alert=1337`, { ...alert, incident: 1337 }],
    [`${alerts}?referrer=slack&amp;alert=1337`, { ...alert, incident: 1337 }],
    [`${alerts}?period=14d`, { ...alert, period: '14d' }],
    [
      `${alerts}?end=2022-05-05T06%3A05%3A52&start=2022-05-04T00%3A46%3A19`,
      { ...alert, start: '2022-05-04T00:46:19', end: '2022-05-05T06:05:52' },
    ],
    ['http://acme.postflow.example/alerts/rules/details/12345/?alert=1', { ...alert, incident: 1 }],
    [`${own}/organizations/acme/issues/77/`, { kind: 'issue', organization: 'acme', issueId: '77' }],
    ['https://acme.postflow.example/issues/77', { kind: 'issue', organization: 'acme', issueId: '77' }],
    [
      `${own}/organizations/acme/releases/web%401.0%2B1/`,
      { kind: 'release', organization: 'acme', version: 'web@1.0+1' },
    ],
    [`${own}/organizations/acme/releases/a%2Fb/`, { kind: 'release', organization: 'acme', version: 'a/b' }],
  ])('%s is understood', (url, link) => {
    expect(matchLink(url, own)).toEqual(link);
  });

  it.each([
    'https://elsewhere.example/organizations/acme/issues/77/',
    'https://postflow.example.evil.example/organizations/acme/issues/77/',
    'https://evilpostflow.example/organizations/acme/issues/77/',
    'https://postflow.example:8443/organizations/acme/issues/77/',
    'https://a.b.postflow.example/issues/77/',
    'ftp://postflow.example/organizations/acme/issues/77/',
    `${own}/organizations/acme/issues/77/events/`,
    `${own}/organizations/acme/issues/WEB-1/`,
    `${own}/organizations/acme/releases/`,
    `${own}/organizations/acme/releases/%/`,
    `${own}/organizations/acme/alerts/rules/details/abc/`,
    `${own}/organizations/acme/alerts/rules/12345/`,
    `${own}/organizations/`,
    own,
    'no link',
  ])('%s is none of ours', (url) => {
    expect(matchLink(url, own)).toBeUndefined();
  });

  it('below the folder of our address is understood there only', () => {
    const live = 'https://abc.execute-api.example/live';
    const issue = '/organizations/acme/issues/77/';
    expect(matchLink(`${live}${issue}`, live)).toMatchObject({ kind: 'issue' });
    expect(matchLink(`https://abc.execute-api.example${issue}`, live)).toBeUndefined();
  });

  it('may be anything without harm', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.webUrl(),
          fc.string().map((end) => own + end),
        ),
        (url) => {
          matchLink(url, own);
        },
      ),
    );
  });
});
